use proptest::prelude::*;

use super::entries;

/// `NAME:value` for each entry, `|` between them, or why one is refused; never with the canary.
fn read(text: &str) -> String {
    let shown = entries(text).and_then(|entries| {
        let one = |entry: &super::Entry<'_>| Ok(format!("{}:{}", entry.name, entry.value()?.text.expose()));
        entries.iter().map(one).collect::<crate::error::Result<Vec<_>>>()
    });
    match shown {
        Ok(entries) => entries.join("|"),
        Err(error) => {
            let shown = format!("{error:?}");
            assert!(!shown.contains("CANARY"), "{shown}");
            error.causes().join(", ")
        }
    }
}

#[test]
fn entries_are_read_as_every_tool_reads_them() {
    for (text, found) in [
        ("A=k\nB=s\n", "A:k|B:s"),
        ("# ours\r\n\r\n  export A_1 = 'k k' \r\nb.c-d=x\r\n", "A_1:k k|b.c-d:x"),
        ("export=x\nexport\tA=", "export:x|A:"),
        ("A=a=b==\nB=C:\\d", "A:a=b==|B:C:\\d"),
        ("A=it's \"so\"  \nB=''\nC=\"\"", "A:it's \"so\"|B:|C:"),
        ("A='a\"$HOME\\n=# b'", "A:a\"$HOME\\n=# b"),
        ("A=\"a'\\nb\\r=# b\"", "A:a'\nb\r=# b"),
        ("A=\"one\r\ntwo\n\" \nB='x\r\ny'\nC=z", "A:one\ntwo\n|B:x\ny|C:z"),
        ("A='\u{a0}' \nB=\u{a0}", "A:\u{a0}|B:\u{a0}"),
    ] {
        assert_eq!(read(text), found, "{text:?}");
    }
}

#[test]
fn h92_a_comment_behind_a_value_is_no_part_of_it() {
    for (text, found) in [
        ("A=a # CANARY", "A:a"),
        ("A=a b  #CANARY\nB=c", "A:a b|B:c"),
        ("A='a # b' # CANARY\nB=\"c\"# CANARY\nC=d", "A:a # b|B:c|C:d"),
        ("A=it's # CANARY's", "A:it's"),
    ] {
        assert_eq!(read(text), found, "{text:?}");
    }
}

#[test]
fn h92_what_tools_read_differently_is_refused_by_its_line() {
    let differ = |what: &str| format!("line 2 has {what}, which tools read differently");
    for (value, what) in [
        ("CANARY#x", "a # without a space before it"),
        ("#CANARY", "a # without a space before it"),
        ("CANARY\t# x", "a # without a space before it"),
        (" # CANARY", "a # without a space before it"),
        ("CANARY$x", "a $"),
        ("\"CANARY${x}\"", "a $"),
        ("\"CANARY\\$x\"", "a $"),
        ("`CANARY`", "a quote of another kind"),
        ("\"CANARY\\tx\"", "a backslash that makes neither \\n nor \\r"),
        ("\"CANARY\\\"x\"", "a backslash that makes neither \\n nor \\r"),
        ("\"CANARY\\\\x\"", "a backslash that makes neither \\n nor \\r"),
        ("'CANARY\\'x'", "a backslash before a quote or another backslash"),
        ("'CANARY\\\\x'", "a backslash before a quote or another backslash"),
    ] {
        assert_eq!(read(&format!("A=b\nB={value}\n")), differ(what), "{value}");
    }
}

#[test]
fn h92_lines_of_another_form_are_called_by_their_name() {
    for (line, why) in [
        ("CANARY", "is not KEY=VALUE, nor is it a JSON object"),
        ("[\"CANARY\"]", "is not KEY=VALUE, nor is it a JSON object"),
        ("=CANARY", "is not KEY=VALUE, nor is it a JSON object"),
        (": CANARY", "is not KEY=VALUE, nor is it a JSON object"),
        ("[CANARY", "is not KEY=VALUE, nor is it a JSON object"),
        ("/CANARY]", "is not KEY=VALUE, nor is it a JSON object"),
        ("[CANARY='x']", "is not KEY=VALUE, nor is it a JSON object"),
        ("$env:CANARY = 1", "is not KEY=VALUE, nor is it a JSON object"),
        ("[CANARY]", "begins a section, as INI and TOML files have them: give the lines KEY=VALUE alone"),
        ("password: CANARY", "is KEY: VALUE, as in YAML: write KEY=VALUE, or give JSON"),
        ("password:", "is KEY: VALUE, as in YAML: write KEY=VALUE, or give JSON"),
        ("password CANARY", "has no equals sign behind its first word: KEY=VALUE is wanted"),
        ("A='CANARY", "has a quote that is not closed"),
        ("A=\"CANARY\nB=\"CANARY\n", "has a quote that is not closed"),
        ("A='", "has a quote that is not closed"),
        ("A='CANARY\\'", "has a quote that is not closed"),
        ("A='CANARY'x", "has text behind its closing quote"),
        ("A=\"CANARY\" x", "has text behind its closing quote"),
    ] {
        assert_eq!(read(&format!("x='\n'\n{line}")), format!("line 3 {why}"), "{line}");
        assert_eq!(read(&format!("\n# x\n\nx=y\n{line}")), format!("line 5 {why}"), "{line}");
    }
}

/// Words that the reader looks twice at. No value is in them but the canary.
const PIECES: [&str; 20] = [
    "CANARY", "A=", "export ", "'", "\"", "`", "#", " ", "\t", "\n", "\r\n", "\\", "\\n", "$", "{", "}", ":",
    "[", "]", "=",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_a_value(
        pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40),
    ) {
        read(&pieces.concat());
    }

    #[test]
    fn a_value_between_single_quotes_comes_back(value in "[^'\\\\\r]{0,30}") {
        prop_assert_eq!(read(&format!("A='{value}'\nB=x")), format!("A:{value}|B:x"));
    }
}
