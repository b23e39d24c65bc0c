//! What is asked, what is shown, what arrives.

use super::pty::Pty;

#[test]
fn a_secret_is_asked_for_in_exact_words_and_never_shown() {
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in("hunter2\r");
    assert_eq!(pty.end_restored(), "hunter2");
    assert_eq!(pty.screen(), "API token: \r\nreceived\r\n");
}

#[test]
fn a_secret_can_be_edited_while_it_is_typed() {
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in("wrong\u{15}hunter33\u{7f}\u{8}2\x1b[D\x1b[200~\u{e4}\x1b[201~\r");
    assert_eq!(pty.end_restored(), "hunter2\u{e4}");
    assert_eq!(pty.screen(), "API token: \r\nreceived\r\n");
}

#[test]
fn h119_a_paste_is_one_answer_with_all_its_lines_however_late_they_come() {
    let mut pty = Pty::start("shell");
    pty.wait_for("ready> ");
    let program = std::env::current_exe().unwrap();
    pty.type_in(&format!(
        "ANKRA_TEST_ROLE=secret {} terminal::tests::other_side --exact --nocapture | grep -A9 OUTCOME\r",
        program.display()
    ));
    pty.wait_for("API token: ");
    pty.type_in("\x1b[200~first\r");
    for line in ["touch SPILT\r\n", "\tlast\r", "\x1b[201~"] {
        // Longer than a paste without marks is waited for.
        std::thread::sleep(std::time::Duration::from_millis(200));
        pty.type_in(line);
    }
    assert!(!pty.screen().contains("OUTCOME first"), "{}", pty.screen());
    pty.type_in("\r");
    pty.wait_for("OUTCOME first\r\ntouch SPILT\r\n");
    pty.wait_for("last\r\n");
    pty.wait_for_times("ready> ", 2);
    assert!(pty.screen().contains("API token: \r\nreceived\r\n"), "{}", pty.screen());
    pty.type_in("exit\r");
    pty.end();
}

#[test]
fn h119_a_paste_can_be_taken_back_and_typed_after() {
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in("\x1b[200~wrong\rlines\r\x1b[201~\x15\x1b[200~hunter33\r\x1b[201~\x7f\x7f2\r");
    assert_eq!(pty.end_restored(), "hunter2".replace("r2", "r32"));
}

#[test]
fn h119_a_dumb_terminal_is_not_asked_to_mark_pastes() {
    let mut pty = Pty::start_with("secret", "dumb", (80, 24));
    pty.wait_for("API token: ");
    pty.type_in("hunter2\r");
    assert_eq!(pty.end_restored(), "hunter2");
    assert!(!pty.written().contains('\x1b'), "{}", pty.written());
}

#[test]
fn h96_a_path_is_visible_and_a_key_pasted_in_its_place_is_not() {
    for (typed, outcome, screen) in [
        ("~/ke\u{e4}\x7fy\r", "~/key", "Path: ~/ke\u{e4}\u{8} \u{8}y\r\n"),
        ("\x1b[200~'a b'\r\x1b[201~\r", "'a b'\n", "Path: 'a b'\r\n"),
        ("{\"a\": 1}\r", "contents {\"a\": 1}", "Path: \r\nreceived\r\n"),
        ("\x1b[200~ {\r\"a\": 1}\x1b[201~\r", "contents  {\n\"a\": 1}", "Path: \r\nreceived\r\n"),
        ("-----BEGIN KEY-----\r", "contents -----BEGIN KEY-----", "Path: \r\nreceived\r\n"),
        ("\x1b[200~one\rtwo\x1b[201~\r", "contents one\ntwo", "Path: \r\nreceived\r\n"),
        ("-x\r", "-x", "Path: -x\r\n"),
    ] {
        let mut pty = Pty::start("path");
        pty.wait_for("Path: ");
        pty.type_in(typed);
        assert_eq!(pty.end_restored(), format!("{outcome:?}"), "{typed:?}");
        assert_eq!(pty.screen(), screen, "{typed:?}");
    }
}

#[test]
fn a_paste_of_20_000_characters_arrives_whole() {
    let secret: String =
        (0..20_000u32).map(|n| char::from(b'!' + u8::try_from(n * n % 89).unwrap())).collect();
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in(&format!("{secret}\r"));
    assert!(pty.end_restored() == secret);
    assert_eq!(pty.screen(), "API token: \r\nreceived\r\n");
}

#[test]
fn h49_further_lines_of_a_paste_do_not_reach_the_shell() {
    let mut pty = Pty::start("shell");
    pty.wait_for("ready> ");
    let program = std::env::current_exe().unwrap();
    for (role, question, outcome) in [("secret", "token: ", "yes"), ("confirm", "[y/N] ", "true")] {
        pty.type_in(&format!(
            "ANKRA_TEST_ROLE={role} {} terminal::tests::other_side --exact --nocapture | grep OUTCOME\r",
            program.display()
        ));
        pty.wait_for(question);
        pty.type_in(&format!("yes\rtouch SPILT\r{}SPILT", "echo SPILT\r".repeat(400)));
        pty.wait_for(&format!("OUTCOME {outcome}\r\nready> "));
        pty.type_in(&format!("\recho $((40+2)){role}\r"));
        pty.wait_for(&format!("42{role}\r\n"));
    }
    let screen = pty.screen();
    assert!(screen.contains("only the first line is taken\r\nreceived\r\n"), "{screen}");
    let before_the_visible_answer = screen.split_once("Delete it?").unwrap().0;
    assert!(!before_the_visible_answer.contains("SPILT"), "{screen}");
    assert!(!screen.contains("\nSPILT\r"), "a pasted line was run: {screen}");
    pty.type_in("exit\r");
    pty.end();
}

#[test]
fn an_empty_answer_is_asked_for_again_three_times() {
    let mut pty = Pty::start("secret");
    for time in 1..=3 {
        pty.wait_for_times("API token: ", time);
        pty.type_in("\r");
    }
    assert_eq!(pty.end_restored(), "usage: no usable answer was given for API token");
    assert_eq!(pty.screen(), "API token: \r\nnothing was given\r\n".repeat(3));
}

#[test]
fn an_answer_that_cannot_be_right_is_asked_for_again_after_the_reason_three_times() {
    for (role, label) in [("secret", "API token: "), ("text", "Name: ")] {
        let mut pty = Pty::start(role);
        for time in 1..=2 {
            pty.wait_for_times(label, time);
            pty.type_in("refuse me\r");
        }
        pty.wait_for_times(label, 3);
        pty.type_in("hunter2\r");
        assert_eq!(pty.end_restored(), "hunter2");
        assert_eq!(pty.screen().matches("it is not such a token\r\n").count(), 2, "{}", pty.screen());

        let mut pty = Pty::start(role);
        for time in 1..=3 {
            pty.wait_for_times(label, time);
            pty.type_in("refuse me\r");
        }
        let wanted = format!("usage: no usable answer was given for {}", label.trim_end_matches(": "));
        assert_eq!(pty.end_restored(), wanted);
    }
}

#[test]
fn h97_an_answer_with_control_characters_is_asked_for_again() {
    let wrong = [
        "hunter2\t",
        "hun\u{0}ter2",
        "hunter2\u{85}",
        "hunter2\u{1}",
        "hunter2\x1b",
        "hun\x1bxter2",
        "hun\x1b[",
        "hun\x1b[31mter2",
        "hun\x1b[\x1fDter2",
        // Longer than what any key sends.
        "hun\x1b[12345678901234567Dter2",
        "\x1b[200~hun\x1b[Dter2\x1b[201~",
        "\x1b[200~hun\x1bOjter2\x1b[201~",
        "\x1b[200~hun\x1b[200~ter2\x1b[201~",
        "\x1b[200~hun\x7fter2\x1b[201~",
        "\x1b[200~hun\x04ter2\x1b[201~",
    ];
    for wrong in wrong {
        let mut pty = Pty::start("secret");
        pty.wait_for("API token: ");
        pty.type_in(&format!("{wrong}\r"));
        pty.wait_for("the answer holds control characters\r\n");
        pty.wait_for_times("API token: ", 2);
        pty.type_in("hunter2\r");
        assert_eq!(pty.end_restored(), "hunter2");
        assert!(!pty.screen().contains("hun"));
    }
}

#[test]
fn h97_keys_that_type_nothing_change_no_answer() {
    // Arrows, Home and End, alone and with Shift, F1 to F12, Shift-Tab, Delete, a keypad in its application mode, and
    // the longest that is taken for a key.
    let csi = [
        "A", "B", "C", "D", "E", "F", "G", "H", "I", "1;2C", "O", "P", "Q", "R", "S", "Z", "3~", "24~",
        "13;2u",
    ];
    let long = "\x1b[1 A\x1b[1234567890123456D";
    let ss3 = ["A", "D", "F", "H", "P", "S", "I", "M", "X", "j", "k", "m", "o", "p", "y"];
    let csi = csi.map(|key| format!("\x1b[{key}")).concat();
    let keys = csi + &ss3.map(|key| format!("\x1bO{key}")).concat() + long;
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in(&format!("hun{keys}ter2\r"));
    assert_eq!(pty.end_restored(), "hunter2");
}

#[test]
fn h97_an_answer_that_is_not_utf_8_is_asked_for_again() {
    for wrong in [&b"hun\xffter2\r"[..], b"hun\xe4ter2\r", b"hun\xc3(ter2\r"] {
        let mut pty = Pty::start("secret");
        pty.wait_for("API token: ");
        pty.type_bytes(wrong);
        pty.wait_for("the answer is not UTF-8 text\r\nAPI token: ");
        pty.type_in("hunter2\r");
        assert_eq!(pty.end_restored(), "hunter2");
    }
}

#[test]
fn a_control_character_can_be_taken_back() {
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in("hunter\t\u{7f}2\r");
    assert_eq!(pty.end_restored(), "hunter2");
}

#[test]
fn a_text_pasted_twice_is_doubted_once() {
    let doubled = "0123456789abcdef".repeat(2);
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in(&format!("{doubled}\r"));
    pty.wait_for("this looks like one text pasted twice; if it is right, enter it again\r\n");
    pty.wait_for_times("API token: ", 2);
    pty.type_in(&format!("{doubled}\r"));
    assert_eq!(pty.end_restored(), doubled);
    assert!(!pty.screen().contains("0123"));
    for right in ["abcdefgabcdefg", "abcdefghabcdefgi", "abcdefghabcdefgha"] {
        let mut pty = Pty::start("secret");
        pty.wait_for("API token: ");
        pty.type_in(&format!("{right}\r"));
        assert_eq!(pty.end_restored(), right);
    }
}

#[test]
fn a_new_secret_is_asked_for_twice() {
    let mut pty = Pty::start("new-secret");
    for (time, again) in [(1, "hunter3"), (2, "hunter2")] {
        pty.wait_for_times("Passphrase: ", time);
        pty.type_in("hunter2\r");
        pty.wait_for_times("Passphrase again: ", time);
        pty.type_in(&format!("{again}\r"));
    }
    assert_eq!(pty.end_restored(), "hunter2");
    assert_eq!(
        pty.screen(),
        "Passphrase: \r\nPassphrase again: \r\nthe two do not match\r\n\
         Passphrase: \r\nPassphrase again: \r\nreceived\r\n"
    );
}

#[test]
fn a_new_secret_that_never_agrees_is_refused() {
    let mut pty = Pty::start("new-secret");
    for time in 1..=3 {
        pty.wait_for_times("Passphrase: ", time);
        pty.type_in("hunter2\r");
        pty.wait_for_times("Passphrase again: ", time);
        pty.type_in("\r");
    }
    assert_eq!(pty.end_restored(), "usage: no usable answer was given for Passphrase");
}

#[test]
fn a_line_of_text_is_visible() {
    let mut pty = Pty::start("text");
    pty.wait_for("Name: ");
    pty.type_in("\r");
    pty.wait_for("nothing was given\r\nName: ");
    pty.type_in("my\x1b[A\r");
    pty.wait_for("the answer is not plain text\r\nName: ");
    pty.type_in("mi\u{7f}y-name \r");
    assert_eq!(pty.end_restored(), "my-name");
    let mut pty = Pty::start("text");
    for (time, wrong) in [(1, &b"a\tb\r"[..]), (2, b"a\xff\r")] {
        pty.wait_for_times("Name: ", time);
        pty.type_bytes(wrong);
        pty.wait_for_times("the answer is not plain text\r\n", time);
    }
    pty.wait_for_times("Name: ", 3);
    pty.type_in("\x1b[200~n\u{e4}me\x1b[201~\r");
    assert_eq!(pty.end_restored(), "n\u{e4}me");
}

#[test]
fn only_yes_and_enter_confirm() {
    for (typed, answer) in [
        ("y\r", "true"),
        ("YES\r", "true"),
        ("\r", "false"),
        ("n\r", "false"),
        ("No\r", "false"),
        ("q\r", "false"),
    ] {
        let mut pty = Pty::start("confirm");
        pty.wait_for("Delete it? [y/N] ");
        pty.type_in(typed);
        assert_eq!(pty.end_restored(), answer, "{typed:?}");
    }
    let mut pty = Pty::start("confirm");
    for time in 1..=3 {
        pty.wait_for_times("Delete it? [y/N] ", time);
        pty.type_in(["perhaps\r", "yy\r", "yes no\r"][time - 1]);
    }
    assert_eq!(pty.end_restored(), "false");
    pty.wait_for_times("answer y or n\r\n", 3);
}

#[test]
fn what_is_typed_ahead_answers_nothing() {
    let mut pty = Pty::start("shell");
    pty.wait_for("ready> ");
    let program = std::env::current_exe().unwrap();
    pty.type_in(&format!(
        "echo $((40+2)); sleep 0.3; ANKRA_TEST_ROLE=confirm {} terminal::tests::other_side --exact --nocapture\r",
        program.display()
    ));
    pty.wait_for("42\r\n");
    pty.type_in("y\r");
    pty.wait_for("[y/N] ");
    pty.type_in("\r");
    pty.wait_for("OUTCOME false");
    pty.type_in("exit\r");
    pty.end_restored();
}

#[test]
fn one_of_several_is_chosen_with_arrows() {
    for (typed, chosen) in [
        ("\r", "first"),
        ("\x1b[B\r", "second"),
        ("\x1b[A\r", "third"),
        ("jj\x1b[B\x1bOB\n", "second"),
        ("\x1b[F\r", "third"),
        ("\x1b[B\x1bOAj\x1b[1~\x1b[5;2~xj\r", "second"),
    ] {
        let mut pty = Pty::start("choose");
        pty.wait_for("  third\r\n");
        pty.type_in(typed);
        assert_eq!(pty.end_restored(), chosen, "{typed:?}");
        assert!(pty.screen().ends_with(&format!("Which one: {chosen}\r\n\x1b[?25h")), "{:?}", pty.screen());
    }
    let mut pty = Pty::start("choose");
    pty.wait_for("  third\r\n");
    pty.type_in("\x1b[");
    pty.wait_for_times("  third\r\n", 2);
    pty.type_in("j\r");
    assert_eq!(pty.end_restored(), "second", "a key that breaks off is none");
    for typed in ["\x1b", "q", "\x04"] {
        let mut pty = Pty::start("choose");
        pty.wait_for("  third\r\n");
        pty.type_in(typed);
        assert_eq!(pty.end_restored(), "declined: no answer was given for Which one");
    }
}

#[test]
fn h50_narrow_and_sizeless_terminals_show_the_choices() {
    for (size, shown) in
        [((0, 0), "> first\r\n  second\r\n"), ((20, 3), "> first\r\n"), ((5, 24), "> fi\r\n  se\r\n")]
    {
        let mut pty = Pty::start_with("choose", "xterm", size);
        pty.wait_for(shown);
        pty.type_in("j\r");
        assert_eq!(pty.end_restored(), "second");
    }
}

#[test]
fn h50_a_dumb_terminal_gets_numbers() {
    for term in ["dumb", ""] {
        let mut pty = Pty::start_with("choose", term, (80, 24));
        pty.wait_for("Which one:\r\n  1) first\r\n  2) second\r\n  3) third\r\nnumber (1-3): ");
        pty.type_in("4\r");
        pty.wait_for_times("number (1-3): ", 2);
        pty.type_in("2\r");
        assert_eq!(pty.end_restored(), "second");
        assert!(!pty.screen().contains('\x1b'));
    }
}

#[test]
fn a_hundred_choices_are_listed_with_their_numbers() {
    for (count, last) in [
        (100, "  100) choice 100\r\n"),
        (101, "  100) choice 100\r\n  and 1 more\r\n"),
        (103, "  100) choice 100\r\n  and 3 more\r\n"),
    ] {
        let mut pty = Pty::start_with(&format!("choose-{count}"), "dumb", (80, 24));
        pty.wait_for(&format!("{last}number (1-{count}): "));
        pty.type_in(&format!("{count}\r"));
        assert_eq!(pty.end_restored(), format!("choice {count}"));
    }
}

#[test]
fn h45_end_of_input_is_an_answer_to_every_prompt() {
    for (role, question, outcome) in [
        ("secret", "API token: ", "declined: no answer was given for API token"),
        ("new-secret", "Passphrase: ", "declined: no answer was given for Passphrase"),
        ("text", "Name: ", "declined: no answer was given for Name"),
        ("path", "Path: ", "declined: no answer was given for Path"),
        ("confirm", "[y/N] ", "false"),
        ("choose", "third\r\n", "declined: no answer was given for Which one"),
    ] {
        let mut pty = Pty::start(role);
        pty.wait_for(question);
        pty.type_in("\x04");
        assert_eq!(pty.end_restored(), outcome);
    }
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in("half\x04");
    assert_eq!(pty.end_restored(), "declined: no answer was given for API token");
}

#[test]
fn h122_what_is_said_before_a_question_is_inert_whoever_says_it() {
    let mut pty = Pty::start("say");
    assert_eq!(pty.end_restored(), "said");
    assert_eq!(pty.screen(), "of a \\u{1b}[2Jfile\\r\\nforged\r\n");
}

#[test]
fn h47_no_input_asks_nothing() {
    let mut pty = Pty::start("no-input");
    assert_eq!(pty.end_restored(), "usage: a question cannot be asked: input is switched off");
    assert_eq!(pty.screen(), "");
}
