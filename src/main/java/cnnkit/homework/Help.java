package cnnkit.homework;

import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/** The words about a named mistake. */
final class Help {
    private Help() {}

    /** What the code does, why the shape is right all the same, the smallest example, where to read. */
    static List<String> names(Finding finding) {
        List<String> lines = new ArrayList<>();
        if (finding.mistakes().isEmpty()) {
            lines.add(Text.of(
                    "%s: this is none of the mistakes that are known here. The numbers above say where to look",
                    finding.part()));
        }
        if (finding.mistakes().size() > 1) {
            lines.add(Text.of("%s: several mistakes explain this equally well", finding.part()));
        }
        for (Mistake mistake : finding.mistakes()) {
            lines.add(Text.of("%s: %s (%s)", finding.part(), mistake.inWords(), mistake.name()));
            lines.add("  "
                    + (finding.which().isEmpty()
                            ? mistake.does()
                            : Text.of("%s Here: %s.", mistake.does(), finding.which())));
            lines.add("  " + mistake.why());
            lines.add("  " + Text.of("Example: %s", mistake.example()));
            lines.add("  " + Text.of("Read again: section %s (%s)", mistake.section(), mistake.notebook()));
        }
        return lines;
    }
}
