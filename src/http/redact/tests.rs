//! What is redacted, and what stays.

use super::{REDACTED, Redactor};

fn redacted(secrets: &[&str], text: &str) -> String {
    let mut redactor = Redactor::default();
    for secret in secrets {
        redactor.add(secret);
    }
    redactor.apply_to_remote(text).into_owned()
}

#[test]
fn h34_a_secret_that_the_server_repeats_is_redacted() {
    let secrets = ["hunter2", "hunter2-and-more", ""];
    let text = "bad hunter2-and-more, hunter2, hunter22";
    assert_eq!(redacted(&secrets, text), "bad <redacted>, <redacted>, hunter22");
    assert_eq!(redacted(&["edac", "hunter2"], "hunter2 is edac"), "<redacted> is <redacted>");
    assert_eq!(redacted(&["red"], "a redis is red"), "a redis is red");
}

#[test]
fn h34_a_secret_in_another_notation_is_redacted() {
    let secret = "p\"a\\s's <&> \u{e9}\r\t\n";
    for quoted in [
        "p\\\"a\\\\s's <&> \u{e9}\\r\\t\\n",
        "p%22a%5Cs%27s+%3C%26%3E+%C3%A9%0D%09%0A",
        "p%22a%5cs%27s%20%3c%26%3e%20%c3%a9%0d%09%0a",
        "p&quot;a\\s&#39;s &lt;&amp;&gt; \u{e9}\r\t\n",
    ] {
        assert_eq!(redacted(&[secret], &format!("({quoted})")), "(<redacted>)");
    }
}

#[test]
fn h123_a_secret_is_found_encoded_and_in_any_case() {
    use base64ct::{Base64, Base64Url, Encoding};

    let secret = "pV7~tok?en>with/marks_";
    for around in ["", "u", "us", "user:"] {
        let whole = format!("{around}{secret}");
        for encoded in [Base64::encode_string(whole.as_bytes()), Base64Url::encode_string(whole.as_bytes())] {
            let shown = redacted(&[secret], &encoded);
            let left = shown.replace(REDACTED, "");
            // What shares a character with the bytes around stays, and the padding.
            assert!(shown.contains(REDACTED) && left.len() <= around.len() * 2 + 4, "{encoded}: {shown}");
        }
    }
    let hex = "7056377E746F6B3F656E3E776974682F6D61726B735F".to_owned();
    for text in [secret.to_uppercase(), hex, secret.to_ascii_lowercase()] {
        assert_eq!(redacted(&[secret], &format!("<{text}>")), "<<redacted>>");
    }
}

#[test]
fn h123_in_base64_all_that_depends_on_the_secret_alone_is_redacted() {
    use base64ct::{Base64, Encoding};

    assert_eq!(redacted(&["hunter2"], &Base64::encode_string(b"hunter2")), "<redacted>==");
    // The shortest that leaves twelve characters behind others.
    let secret = "p5Kx~tok?e";
    for (before, start, end) in [("", 0, 14), ("\0", 2, 14), ("\0\0", 3, 16), ("\0\0\0", 4, 18)] {
        let encoded = Base64::encode_string(format!("{before}{secret}\0\0").as_bytes());
        let shown = format!("{}<redacted>{}", &encoded[..start], &encoded[end..]);
        assert_eq!(redacted(&[secret], &encoded), shown, "behind {}", before.len());
    }
}

#[test]
fn h123_twelve_characters_in_common_are_enough_wherever_they_stand() {
    let secret = "Zm9vYmFyLWJhei0xMjM0NTY3ODkw";
    let redactor = Redactor::knowing(secret);
    for start in 0..=secret.len() - 12 {
        for before in (0..9).map(|count| "_".repeat(count)) {
            let text = format!("{before}é{}é", &secret[start..start + 12]);
            let shown = format!("{before}é<redacted>é");
            assert_eq!(redactor.apply(&text), shown, "{start}");
            assert_eq!(redactor.apply_to_remote(&text), shown, "{start}");
        }
    }
    assert_eq!(redacted(&[secret], &secret[3..14]), &secret[3..14]);
    let other = "q7Vd3nXw8LrT2yKb";
    for (between, shown) in [("", "<redacted>"), ("_", "<redacted>_<redacted>")] {
        let text = format!("{}{between}{}", &secret[..12], &other[..12]);
        assert_eq!(redacted(&[secret, other], &text), shown);
    }
}

#[test]
fn h123_what_is_common_by_chance_stays() {
    let token = "0000000000000000000000000000000000000000000000000000000000000007";
    let id = "01a20b5f-6e84-7000-ab32-000000000007";
    assert_eq!(redacted(&[token], id), id);
    assert_eq!(redacted(&[token], &format!("no {token}")), "no <redacted>");
    let names = "secret hunter2s, xhunter2 and hunter";
    assert_eq!(redacted(&["hunter2", "a", "cr"], names), names);
}

#[test]
fn h123_four_different_characters_are_enough() {
    let shown = |secret: &str| Redactor::knowing(secret).apply(&format!("no {secret}")).into_owned();
    assert_eq!(shown("abcdabcdabcd"), "no <redacted>");
    assert_eq!(shown("abcabcabcabc"), "no abcabcabcabc");
}

#[test]
fn h34_a_part_of_a_secret_is_redacted() {
    let secret = "{\n  \"type\": \"key\",\n  \"key\": \"MIIEvQIBADANBgkq+hkiG9w0BAQEFAASC\"\n}";
    assert_eq!(
        redacted(&[secret], "line 3: \\\"MIIEvQIBADANBgkq\\u002bhkiG9w0BAQEFAASC\\\" is not a type"),
        "line 3<redacted> is not a type"
    );
}

#[test]
fn h123_a_short_secret_is_hidden_in_what_a_server_says_alone() {
    let mut redactor = Redactor::default();
    redactor.add("wrong");
    redactor.add("wrong-and-longer");
    assert_eq!(redactor.apply("wrong or wrong-and-longer"), "wrong or <redacted>");
    assert_eq!(redactor.apply_to_remote("wrong or wrong-and-longer"), "<redacted> or <redacted>");
}

#[test]
fn h123_a_secret_is_found_in_escapes_and_with_others_between_its_letters() {
    for secret in ["Zm9vYmFyLWJhei0xMjM0NTY3ODkw", "p\"Zm9v<YmF>yLW&Jhei0\\xM$jM0N+Y/3O%2dkw"] {
        let each = |write: &dyn Fn(char) -> String| secret.chars().map(write).collect::<String>();
        let number = |c| u32::from(c);
        let escaped = [
            each(&|c| format!("%{:02x}", number(c))),
            each(&|c| format!("%{:02X}", number(c))),
            each(&|c| format!("\\u{:04x}", number(c))),
            each(&|c| format!("\\\\u{:04X}", number(c))),
            each(&|c| format!("\\x{:02x}", number(c))),
            each(&|c| format!("\\u{{{:x}}}", number(c))),
            each(&|c| format!("\\u{{{:04x}}}", number(c))),
            each(&|c| format!("\\\\u{{{:06X}}}", number(c))),
            each(&|c| format!("&#{};", number(c))),
            each(&|c| format!("&#{}", number(c))),
            each(&|c| format!("&#x{:x};", number(c))),
            each(&|c| format!("&#X{:X}", number(c))),
        ];
        for text in &escaped {
            assert_eq!(redacted(&[secret], &format!("({text})")), "(<redacted>)");
        }
        let torn = [each(&|c| format!("{c}\u{200b}")), each(&|c| format!("\u{ad}{c}"))];
        for text in escaped.iter().chain(&torn) {
            let redactor = Redactor::knowing(secret);
            for shown in [redactor.apply(text), redactor.apply_to_remote(text)] {
                assert!(shown.contains(REDACTED) && shown.chars().count() < 24, "{text}: {shown}");
            }
        }
        for between in ["-", " ", "\n", ":", "_", ", "] {
            let text = each(&|c| format!("{c}{between}"));
            let shown = redacted(&[secret], &text);
            assert!(shown.contains(REDACTED) && shown.len() < 24, "{text}: {shown}");
        }
    }
}

#[test]
fn h123_what_only_looks_like_an_escape_stays() {
    for text in [
        "100 % of %zz",
        "\\",
        "\\u12",
        "\\u{",
        "\\u{}",
        "\\u{12345678}",
        "\\u{zz}",
        "a & b &# &#; &#x; &#9999999999;",
        "%",
        "%e",
        "C:\\users\\new",
        "é%é",
    ] {
        assert_eq!(redacted(&["Zm9vYmFyLWJhei0xMjM0NTY3ODkw"], text), text);
    }
}

#[test]
fn text_that_holds_no_piece_of_a_secret_needs_no_closer_look() {
    let secret = "Zm9vYmFyLWJhei0xMjM0NTY3ODkw";
    let redactor = Redactor::knowing(secret);
    let needs_a_look = |text: &str| {
        let needles = redactor.0.as_ref().unwrap();
        (redactor.may_hold_open_run(text.as_bytes()), needles.may_hold_run(text.as_bytes()))
    };
    let ordinary =
        (0..1000).map(|n| format!("my-token-{n}  hetzner  2026-11-{:02} {:09}", n % 30, n * 54_321));
    let looks = ordinary.filter(|text| needs_a_look(text) != (false, false)).count();
    assert!(looks < 20, "{looks} of 1000");
    assert_eq!(needs_a_look(&format!("my-token-1  {secret}")), (true, true));
    assert_eq!(needs_a_look("what may be an escape: 100 %"), (false, true));
}
