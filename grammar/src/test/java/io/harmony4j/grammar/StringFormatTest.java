package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Formats as sets of strings. */
class StringFormatTest {
    private static final String CHARACTER = "([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f][0-9A-Fa-f])";
    private static final Pattern COMPONENTS =
            Pattern.compile("((?<scheme>[^:/?#]+):)?(//(?<authority>[^/?#]*))?(?<path>[^?#]*)"
                    + "(\\?(?<query>[^#]*))?(#(?<fragment>.*))?");

    private final Regexes regexes = new Regexes();
    private final StringText strings = new StringText(regexes);

    @Test
    void everyDayIsADateAndNoOther() {
        Regex dates = StringFormat.DATE.content(strings);
        for (int year : List.of(0, 1, 4, 100, 400, 1900, 1999, 2000, 2004, 2023, 2024, 2100, 9996, 9999)) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String date = String.format("%04d-%02d-%02d", year, month, day);
                    assertThat(matches(dates, date)).as(date).isEqualTo(isDate(year, month, day));
                }
            }
        }
        for (String other : List.of(
                "",
                "2024-1-01",
                "2024-01-1",
                "24-01-01",
                "02024-01-01",
                "2024-01-01 ",
                "2024-01-01\n",
                "-024-01-01",
                "٢024-01-01")) {
            assertThat(matches(dates, other)).as(other).isFalse();
        }
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Property
    void aLeapYearHasTheTwentyNinthOfFebruary(@ForAll @IntRange(max = 9999) int year) {
        assertThat(matches(StringFormat.DATE.content(strings), String.format("%04d-02-29", year)))
                .isEqualTo(isDate(year, 2, 29));
    }

    @Property(tries = 3000)
    void aLeapSecondIsTheLastOfADayInUtc(
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(max = 59) int minute,
            @ForAll @IntRange(min = -1439, max = 1439) int offset) {
        String sign = offset < 0 ? "-" : "+";
        String zone = String.format("%s%02d:%02d", sign, Math.abs(offset) / 60, Math.abs(offset) % 60);
        int utc = Math.floorMod(hour * 60 + minute - offset, 1440);
        LocalTime last = LocalTime.of(23, 59).plusMinutes(offset);
        for (StringFormat format : List.of(StringFormat.TIME, StringFormat.DATE_TIME)) {
            String day = format == StringFormat.TIME ? "" : "1998-12-31T";
            Regex times = format.content(strings);

            assertThat(matches(times, day + String.format("%02d:%02d:60%s", hour, minute, zone)))
                    .isEqualTo(utc == 1439);
            assertThat(matches(times, day + String.format("%02d:%02d:60.25%s", last.getHour(), last.getMinute(), zone)))
                    .isTrue();
            assertThat(matches(times, day + String.format("%02d:%02d:60Z", hour, minute)))
                    .isEqualTo(hour == 23 && minute == 59);
            assertThat(matches(times, day + String.format("%02d:%02d:61%s", last.getHour(), last.getMinute(), zone)))
                    .isFalse();
        }
    }

    @Test
    void aTimeHasAnOffset() {
        assertFormat(
                StringFormat.TIME,
                List.of("00:00:00Z", "23:59:59z", "12:30:00.5+23:59", "12:30:00-00:00", "12:30:00.000000000000001Z"),
                List.of(
                        "24:00:00Z",
                        "00:60:00Z",
                        "00:00:61Z",
                        "12:30:00",
                        "12:30Z",
                        "12:30:00.Z",
                        "12:30:00+24:00",
                        "12:30:00+1:00",
                        "12:30:00+01:60",
                        "12:30:00+0100",
                        "12:30:60.Z",
                        "12:30:00 Z",
                        "23:59:60.Z"));
        assertFormat(
                StringFormat.DATE_TIME,
                List.of("2024-02-29T00:00:00Z", "2024-02-29t00:00:00.1-08:00"),
                List.of(
                        "2023-02-29T00:00:00Z",
                        "2024-02-29 00:00:00Z",
                        "2024-02-29",
                        "2024-02-29T00:00:00",
                        "T00:00:00Z"));
    }

    @Test
    void aDurationHasItsUnitsInOrder() {
        assertFormat(
                StringFormat.DURATION,
                List.of("P1Y", "P1Y2M3DT4H5M6S", "PT36H", "PT0S", "P2W", "P1M2D", "PT1M", "P01D", "PT4H5M"),
                List.of(
                        "", "P", "PT", "P1YT", "P1D2H", "P2D1Y", "P1Y2D", "PT1H2S", "P1W2D", "P1", "1D", "-P1D",
                        "PT0.5S", "P1D "));
    }

    @Test
    void anAddressIsOfItsVersion() {
        assertFormat(
                StringFormat.IPV4,
                List.of("0.0.0.0", "255.255.255.255", "1.20.199.249"),
                List.of("256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "1..3.4", "::1", "1.2.3.1e1"));
        assertFormat(
                StringFormat.IPV6,
                List.of(
                        "::",
                        "::1",
                        "1::",
                        "1:2:3:4:5:6:7:8",
                        "1:2:3:4:5:6:7::",
                        "::2:3:4:5:6:7:8",
                        "1::8",
                        "1:2::7:8",
                        "::ffff:1.2.3.4",
                        "1:2:3:4:5:6:1.2.3.4",
                        "1::d6:192.168.0.1",
                        "ABCD:ef01::"),
                List.of(
                        "",
                        ":",
                        ":::",
                        "1",
                        "1:2:3:4:5:6:7",
                        "1:2:3:4:5:6:7:8:9",
                        "1::2::3",
                        "12345::",
                        "::1.2.3",
                        "::1.2.3.256",
                        "1:2:3:4:5:6:7:1.2.3.4",
                        "1::2:3:4:5:6:7:8:9",
                        "::1%eth0",
                        "::1/64",
                        "[::1]",
                        "g::",
                        ":1:2:3:4:5:6:7",
                        "1:2:3:4:5:6:7:",
                        "1:2:3:4::5:6:7:8:9"));
    }

    @Test
    void aHostNameHasLabels() {
        String longest = "a".repeat(63);
        assertFormat(
                StringFormat.HOSTNAME,
                List.of(
                        "a",
                        "1",
                        "a-b",
                        "a--b",
                        "example.com",
                        "a.b.c",
                        longest,
                        longest + "." + longest + "." + longest + "." + "a".repeat(61),
                        "ab-c",
                        "a1-b2-c3",
                        "abcd--ef"),
                List.of(
                        "",
                        ".",
                        "a.",
                        ".a",
                        "-a",
                        "a-",
                        "a..b",
                        "a_b",
                        "é",
                        longest + "a",
                        longest + "." + longest + "." + longest + "." + "a".repeat(62),
                        "xn--nw2a",
                        "a.ab--c",
                        "ab--",
                        "a b",
                        "a\n"));
    }

    @Property
    void noLabelHasHyphensAtTheThirdAndFourthPlace(@ForAll("labels") String label) {
        boolean isLabel = label.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") && !label.startsWith("--", 2);

        assertThat(matches(StringFormat.HOSTNAME.content(strings), label)).isEqualTo(isLabel);
        assertThat(matches(StringFormat.HOSTNAME.content(strings), "x." + label))
                .isEqualTo(isLabel);
    }

    @Test
    void anEmailAddressHasALocalPartAndADomain() {
        assertFormat(
                StringFormat.EMAIL,
                List.of(
                        "a@b",
                        "joe.bloggs@example.com",
                        "~t+x@example.com",
                        "\"joe b@\\\"\"@example.com",
                        "a@[127.0.0.1]",
                        "a@[IPv6:::1]",
                        "a".repeat(64) + "@b",
                        "\"\"@b",
                        "a@xn--nw2a"),
                List.of(
                        "",
                        "a",
                        "@b",
                        "a@",
                        ".a@b",
                        "a.@b",
                        "a..b@c",
                        "a b@c",
                        "a@b@c",
                        "a@b_c",
                        "a@-b",
                        "a@b.",
                        "a@[127.0.0.300]",
                        "a@[::1]",
                        "é@b",
                        "a".repeat(65) + "@b",
                        "a@" + "b".repeat(64),
                        "\"a@b",
                        "\"a\"b@c",
                        "a@b\n"));
    }

    @Property(tries = 5000)
    void aUriConsistsOfComponents(@ForAll("uris") String uri) {
        boolean isReference = isUriReference(uri);
        boolean isUri = isReference && uri.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");

        assertThat(matches(StringFormat.URI.content(strings), uri)).as(uri).isEqualTo(isUri);
        assertThat(matches(StringFormat.URI_REFERENCE.content(strings), uri))
                .as(uri)
                .isEqualTo(isReference);
    }

    /** Splits as RFC 3986, appendix B, has it, and looks at each component; no address is in brackets. */
    private static boolean isUriReference(String text) {
        Matcher parts = COMPONENTS.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        String scheme = parts.group("scheme");
        String authority = parts.group("authority");
        String path = parts.group("path");
        String firstSegment = path.split("/", -1)[0];
        return (scheme == null || scheme.matches("[A-Za-z][A-Za-z0-9+.-]*"))
                && (authority == null || authority.matches("(" + CHARACTER + "|:)*(@" + CHARACTER + "*(:[0-9]*)?)?"))
                && (authority == null || authority.matches("([^@]*@)?[^@:]*(:[0-9]*)?"))
                && path.matches("(" + CHARACTER + "|[:@/])*")
                && (scheme != null || authority != null || !firstSegment.contains(":"))
                && (authority == null || path.isEmpty() || path.startsWith("/"))
                && isOptional(parts.group("query"))
                && isOptional(parts.group("fragment"));
    }

    private static boolean isOptional(@Nullable String component) {
        return component == null || component.matches("(" + CHARACTER + "|[:@/?])*");
    }

    @Test
    void aUriHasAScheme() {
        List<String> relative =
                List.of("", "a", "/a", "//h/p", "?q", "#f", "./a:b", "a/b:c", "../x%20y", "//[::1]:80/");
        List<String> wrong = List.of(
                "%",
                "%6", "%6G", "a b", "\\a", "a\"b", "é", "<a>", "{a}", "^", "`", "|", "a#b#c", "//[1", "1a:b", ":a",
                "//h:x", "/[a]");
        List<String> absolute = List.of(
                "a:",
                "http://example.com",
                "http://u:p@h:80/a/b?c=d/?#e/?",
                "mailto:a@b",
                "urn:x:y",
                "ldap://[2001:db8::7]/c",
                "file:///a",
                "a://",
                "a:/",
                "a:?q",
                "http://[v1.x:y]/",
                "x+y-z.1:a",
                "http://999.999.999.999/",
                "http://a%41/");

        assertFormat(StringFormat.URI, absolute, relative);
        assertFormat(StringFormat.URI, absolute, wrong);
        assertFormat(StringFormat.URI_REFERENCE, absolute, wrong);
        assertFormat(StringFormat.URI_REFERENCE, relative, List.of("1:a", "a_b:c"));
    }

    @Test
    void aUuidHasFiveGroups() {
        assertFormat(
                StringFormat.UUID,
                List.of("2EB8AA08-AA98-11ea-B4AA-73B441D16380", "00000000-0000-0000-0000-000000000000"),
                List.of(
                        "",
                        "2eb8aa08aa9811eab4aa73b441d16380",
                        "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
                        "2eb8aa08-aa98-11ea-b4aa-73b441d16380-",
                        "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
                        "2eb8aa0-8aa98-11ea-b4aa-73b441d16380",
                        "geb8aa08-aa98-11ea-b4aa-73b441d16380"));
    }

    @Test
    void aJsonPointerEscapesTildes() {
        assertFormat(
                StringFormat.JSON_POINTER,
                List.of("", "/", "/a/b", "/~0~1", "//", "/é\"\\\n"),
                List.of("a", "a/b", "/~", "/~2", "#/a", "#"));
        assertFormat(
                StringFormat.RELATIVE_JSON_POINTER,
                List.of("0", "1#", "12/a/b", "0/~0", "0+1", "2-3/a"),
                List.of("", "01", "/a", "-1", "1#/a", "0~", "1a", "0+0", "+1"));
    }

    @Test
    void aWordOutsideOfTheVocabularySaysNothing() {
        for (String word :
                List.of("date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uuid", "uri")) {
            assertThat(StringFormat.of(word).kind()).as(word).isEqualTo(StringFormat.Kind.ASSERTED);
        }
        for (String word : List.of("idn-email", "idn-hostname", "iri", "iri-reference", "uri-template", "regex")) {
            assertThat(StringFormat.of(word).kind()).as(word).isEqualTo(StringFormat.Kind.NOT_BUILT);
            assertThatThrownBy(() -> StringFormat.of(word).content(strings)).isInstanceOf(IllegalStateException.class);
        }
        for (String word : List.of("", "int32", "password", "binary", "DATE", "color")) {
            assertThat(StringFormat.of(word).kind()).as(word).isEqualTo(StringFormat.Kind.ANNOTATION);
        }
    }

    @Test
    void formatsMayContradictLengths() {
        assertThat(regexes.isEmpty(
                        regexes.intersection(List.of(StringFormat.DATE.content(strings), strings.content(0, 9)))))
                .isTrue();
        assertThat(regexes.isEmpty(
                        regexes.intersection(List.of(StringFormat.DATE.content(strings), strings.content(10, 10)))))
                .isFalse();
        assertThat(regexes.isEmpty(regexes.intersection(
                        List.of(StringFormat.IPV4.content(strings), StringFormat.IPV6.content(strings)))))
                .isTrue();
        assertThat(regexes.isEmpty(regexes.difference(
                        StringFormat.URI.content(strings), StringFormat.URI_REFERENCE.content(strings))))
                .isTrue();
    }

    private void assertFormat(StringFormat format, List<String> valid, List<String> invalid) {
        Regex contents = format.content(strings);
        assertThat(valid).allSatisfy(text -> assertThat(matches(contents, text)).isTrue());
        assertThat(invalid)
                .allSatisfy(text -> assertThat(matches(contents, text)).isFalse());
    }

    private boolean matches(Regex contents, String text) {
        return Texts.matches(regexes, strings.quoted(contents), StringTextTest.canonical(text));
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings().withChars("ab1--").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> uris() {
        return Arbitraries.of(
                        "a", "http", ":", "/", "//", "b.c", "?", "#", "%20", "%", "@", "1", "-", "=", "&", "[", "^",
                        " ", "80", ";")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
