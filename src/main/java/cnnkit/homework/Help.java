package cnnkit.homework;

import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The words about a named mistake. */
final class Help {
    private Help() {}

    /** Of each finding the mistakes it may be; a mistake that was told before is only named. */
    static List<String> names(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        Set<Mistake> told = EnumSet.noneOf(Mistake.class);
        for (Finding finding : findings) {
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
                if (told.add(mistake)) {
                    tell(mistake, finding.which(), lines);
                }
            }
        }
        return lines;
    }

    /** What the code does, why the shape is right all the same, the smallest example, where to read. */
    private static void tell(Mistake mistake, String which, List<String> lines) {
        lines.add("  " + (which.isEmpty() ? mistake.does() : Text.of("%s Here: %s.", mistake.does(), which)));
        lines.add("  " + mistake.why());
        lines.add("  " + Text.of("Example: %s", mistake.example()));
        lines.add("  " + mistake.readAgain());
    }
}
