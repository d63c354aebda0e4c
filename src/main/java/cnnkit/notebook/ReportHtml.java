package cnnkit.notebook;

import cnnkit.homework.Mistake;
import cnnkit.homework.Report;
import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.Map;

/** A report as it shows in a notebook: a verdict for each part, the smallest case that fails, and the help asked for so far. */
final class ReportHtml {
    private static final String RIGHT = "#15874a",
            NOT_YET = "#bf6000"; // read on white and on black; their shapes differ, too

    private ReportHtml() {}

    static String of(Report report) {
        StringBuilder html = new StringBuilder("<div style=\"line-height: 1.5\">");
        html.append(Text.of(
                "<p style=\"margin: 0; font-weight: bold; color: %s\">%s</p>",
                report.passed() ? RIGHT : NOT_YET, Html.escape(report.headline())));
        if (!report.passed()) {
            html.append("<ul style=\"list-style: none; margin: 4px 0; padding-left: 1em\">");
            for (Map.Entry<String, Boolean> part : report.parts().entrySet()) {
                html.append(Text.of(
                        "<li><span style=\"color: %s\">%s</span> %s</li>",
                        part.getValue() ? RIGHT : NOT_YET, part.getValue() ? "●" : "○", Html.escape(part.getKey())));
            }
            html.append("</ul>");
        }
        report.places().forEach(line -> html.append(Html.paragraph(line)));
        report.figure().ifPresent(figure -> html.append(Html.image(figure)));
        report.help()
                .forEach(line -> html.append(report.mistakesShown().stream()
                        .filter(mistake -> line.strip().equals(mistake.readAgain()))
                        .findFirst()
                        .map(ReportHtml::linked)
                        .orElseGet(() -> Html.paragraph(line))));
        if (!report.passed() && report.mayHint()) {
            html.append(Html.paragraph(Text.of("hint() tells more")));
        }
        return html.append("</div>").toString();
    }

    /** Above a learner's copy of the homework lies the learner's copy of the notebook: that one, and not the kit's own. */
    private static String linked(Mistake mistake) {
        String kits = "notebooks/" + Language.current().code() + "/" + mistake.notebook();
        return Html.link(mistake.readAgain(), mistake.notebook(), kits);
    }
}
