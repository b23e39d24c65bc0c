//! What is offered while other work goes on.

use super::{pty::Pty, signals::in_a_shell};

#[test]
fn an_offer_is_taken_with_enter_and_shows_nothing_that_is_typed() {
    for enter in ["\r", "\n"] {
        let mut pty = Pty::start("offer");
        pty.wait_for("Press Enter\r\n");
        pty.type_in(&format!("no{enter}"));
        assert_eq!(pty.end_restored(), "taken");
        assert_eq!(pty.screen(), "Press Enter\r\n");
    }
}

#[test]
fn an_offer_leaves_the_shell_its_terminal_once_a_signal_has_come() {
    let mut pty = in_a_shell("ANKRA_TEST_ROLE=offer %");
    pty.wait_for("Press Enter\r\n");
    pty.type_in("\x03");
    pty.wait_for("OUTCOME over");
    pty.type_in("\x1a");
    pty.wait_for("Stopped");
    pty.wait_for_times("ready> ", 2);
    pty.type_in("fg\r");
    pty.wait_for_times("--nocapture\r\n", 3);
    pty.type_in("echo \"$((40+2)) is typed\"\r");
    pty.wait_for("42 is typed\r\n");
    let screen = pty.screen();
    assert_eq!(["Press Enter", "Stopped"].map(|text| screen.matches(text).count()), [1; 2], "{screen}");
    pty.type_in("exit\r");
    pty.end_restored();
}
