package io.countinghouse.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read back by Angus Mail, which has no part in writing. */
class MailHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invoice INV-2026-000001: 9.99 EUR",
                "🎉",
                "Only emoji 🎉",
                "Größe 🎉 Übergröße",
                "Family 👨‍👩‍👧‍👦 and flag 🇩🇪",
                "rare Han 𠮷野家 𪚥",
                "中文主题中文主题中文主题中文主题中文主题中文主题中文主题中文主题中文主题中文主题",
                "a=?UTF-8?Q?b?= not encoded",
                " blanks at both ends ",
                "two  blanks",
                "",
                "é",
                "שלום עולם",
                "a plain subject that is so long that it does not fit into one line of a mail, whatever the program"
            })
    void aSubjectIsReadAsItWasWritten(String subject) throws Exception {
        // When
        String header = MailHeader.text("Subject", subject);

        // Then
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(header))).isEqualTo(subject);
        assertThat(List.of(("Subject: " + header).split("\r\n ")))
                .allMatch(line -> line.length() <= 76)
                .allMatch(line -> line.chars().allMatch(c -> c >= 0x20 && c < 0x7f));
    }

    @Test
    void anySubjectIsReadAsItWasWritten() throws Exception {
        var random = new Random(15);
        for (int n = 0; n < 500; n++) {
            // Given
            String subject = random.ints(random.nextInt(1, 120), 0x20, 0x2ffff)
                    .filter(point -> Character.isDefined(point)
                            && Character.getType(point) != Character.SURROGATE
                            && !Character.isISOControl(point))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            // When
            String header = MailHeader.text("Subject", subject);

            // Then
            assertThat(MimeUtility.decodeText(MimeUtility.unfold(header))).isEqualTo(subject);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme",
                "Acme, Inc.",
                "Acme \"The\" \\ Company",
                "Müller & Söhne 🎉",
                "<admin@bank.example>",
                "=?UTF-8?Q?x?=",
                "a@b.example",
                "A name of a company that is so long that it would not fit into one line of a header of a mail, Ltd. & Co. KG"
            })
    void aSenderIsReadAsItWasWritten(String name) throws Exception {
        // When
        InternetAddress[] read = InternetAddress.parseHeader(MailHeader.mailbox(name, "no-reply@seller.example"), true);

        // Then
        assertThat(read).hasSize(1);
        assertThat(read[0].getPersonal()).isEqualTo(name);
        assertThat(read[0].getAddress()).isEqualTo("no-reply@seller.example");
    }
}
