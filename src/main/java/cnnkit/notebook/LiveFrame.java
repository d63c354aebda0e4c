package cnnkit.notebook;

/**
 * One state of the live display.
 *
 * @param html for a browser
 * @param text for everything else
 */
record LiveFrame(String html, String text) {
    @Override
    public String toString() {
        return text;
    }
}
