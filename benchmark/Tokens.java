import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Prints how many tokens of o200k_base stdin has. */
final class Tokens {
  public static void main(String[] args) throws IOException {
    var text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    var encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    System.out.println(encoding.countTokensOrdinary(text));
  }
}
