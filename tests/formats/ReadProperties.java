import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeSet;

/** Reads property files, one in base64 on each line of the input; writes keys and values in hexadecimal, or "!". */
class ReadProperties {
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        StringBuilder output = new StringBuilder();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8)));
                TreeSet<String> pairs = new TreeSet<>();
                properties.forEach((key, value) -> pairs.add(hex((String) key) + "=" + hex((String) value)));
                output.append(String.join(" ", pairs));
            } catch (IllegalArgumentException malformed) {
                output.append("!");
            }
            output.append("\n");
        }
        System.out.print(output);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
    }
}
