use std::time::Duration;

use super::{About, Error, ErrorKind, Fault, Malformed, Reply, StatusCode, http};
use crate::platform::{
    answer::{Confirmed, Due},
    base_url::BaseUrl,
};

fn refused(status: u16, body: &str) -> Fault {
    let status = StatusCode::from_u16(status).unwrap();
    Fault::Refused(Reply { status, body: body.into(), retry_after: None })
}

/// The error of a request that was about to give the name `naming`.
fn told(fault: &Fault, naming: Option<&str>, is_read: bool, names_organisation: bool) -> Error {
    let about = About {
        action: "try",
        naming,
        is_read,
        base: &BaseUrl::hosted().unwrap(),
        timeout: Duration::from_millis(1500),
        on_refusal: &"sign in again".into(),
        names_organisation,
    };
    about.explain(fault)
}

/// The error of a change that was about to give the name `naming`.
fn explained(naming: Option<&str>, status: u16, body: &str) -> Error {
    told(&refused(status, body), naming, false, false)
}

#[test]
fn where_nothing_is_known_a_read_failed_and_a_change_may_be_done() {
    use http::Fault::{Encoded, Lost, Redirected, Setup, TimedOut, TooLarge};

    const FAILED: (ErrorKind, &str) = (ErrorKind::Failure, "cannot try");
    const UNKNOWN: (ErrorKind, &str) = (ErrorKind::OutcomeUnknown, "cannot tell whether this was done: try");
    for (fault, cause, of_read, of_change) in [
        (Fault::Http(Lost("a reset".into())), "ended before the answer did: a reset", FAILED, UNKNOWN),
        (
            Fault::Http(TimedOut(None)),
            "platform.ankra.app:443 did not answer in full within 1.5 s",
            (ErrorKind::TimedOut, "cannot try"),
            UNKNOWN,
        ),
        (
            Fault::Http(TimedOut(Some("the proxy p".into()))),
            "within 1.5 s, by way of the proxy p",
            (ErrorKind::TimedOut, "cannot try"),
            UNKNOWN,
        ),
        (Fault::Http(TooLarge(8 << 20)), "the answer is larger than 8 MiB", FAILED, UNKNOWN),
        (Fault::Http(Encoded("gzip".into())), "not asked for: gzip", FAILED, UNKNOWN),
        (Fault::Malformed(Malformed::Cut), "the answer ends in the middle", FAILED, UNKNOWN),
        (refused(500, ""), "the platform answered 500", FAILED, UNKNOWN),
        (Fault::Http(Redirected), "never followed", FAILED, FAILED),
        (
            Fault::Http(Setup(Error::usage("no"))),
            "no",
            (ErrorKind::Usage, "cannot try"),
            (ErrorKind::Usage, "cannot try"),
        ),
    ] {
        for (is_read, expected) in [(true, of_read), (false, of_change)] {
            let error = told(&fault, None, is_read, false);
            assert_eq!((error.kind(), error.message()), expected, "{fault:?}");
            assert!(error.causes()[0].ends_with(cause), "{error:?}");
        }
    }
}

#[test]
fn a_refusal_has_the_kind_and_the_hint_of_its_status() {
    const LACKS: &str = r#"{"permission":"p"}"#;
    for (status, body, kind, hint) in [
        (401, "{}", ErrorKind::Authentication, "sign in again"),
        (403, LACKS, ErrorKind::Permission, "signing in again does not help"),
        (403, "{}", ErrorKind::Permission, "see who you are with: ankra status"),
        (409, "{}", ErrorKind::Conflict, "see what is there with: ankra credentials list"),
        (429, "{}", ErrorKind::Failure, "too many requests: wait a while and try again"),
        (500, "{}", ErrorKind::OutcomeUnknown, "see what is there with: ankra credentials list"),
    ] {
        let error = explained(None, status, body);
        assert_eq!(error.kind(), kind, "{status}");
        assert!(error.hints()[0].to_string().ends_with(hint), "{error:?}");
    }
    for (status, kind) in [(404, ErrorKind::NotFound), (418, ErrorKind::Failure)] {
        let error = explained(None, status, "{}");
        assert_eq!((error.kind(), error.hints()), (kind, &[][..]), "{status}");
    }
    let wait = Some(Duration::from_secs(7));
    let limited =
        Fault::Refused(Reply { status: StatusCode::TOO_MANY_REQUESTS, body: vec![], retry_after: wait });
    assert_eq!(
        told(&limited, None, false, false).hints()[0].to_string(),
        "too many requests: try again in 7 s"
    );
}

#[test]
fn an_organisation_that_was_chosen_may_be_lost() {
    for (status, body, expected) in [
        (403, "{}", true),
        (403, r#"{"permission":"p"}"#, false),
        (404, r#"{"detail":"Organisation not found"}"#, true),
        (404, r#"{"detail":"no such ORGANIZATION"}"#, true),
        (404, r#"{"detail":"Credential not found"}"#, false),
        (400, r#"{"detail":"Organisation not found"}"#, false),
    ] {
        for names_organisation in [true, false] {
            let error = told(&refused(status, body), None, false, names_organisation);
            let is_told = error.hints().iter().any(|hint| hint.to_string().ends_with("ankra org list"));
            assert_eq!(is_told, expected && names_organisation, "{status} {body}");
        }
    }
}

#[test]
fn a_refusal_is_told_by_its_fields_its_words_or_its_number() {
    for (status, body, causes) in [
        (
            400,
            r#"{"errors":[{"key":"a","message":"no"},{"key":"b","message":" "}]}"#,
            &["a: no", "b: refused"][..],
        ),
        (400, r#"{"errors":[{"message":"no"},{"key":"name"}]}"#, &["no", "name: refused"]),
        (400, r#"{"errors":[{"key":" ","message":" "},{}]}"#, &["the platform answered 400"]),
        (422, r#"{"detail":[{"loc":["body","a",0],"msg":"no"},{}]}"#, &["a.0: no", "refused"]),
        (400, r#"{"detail":"no","message":"never"}"#, &["no"]),
        (400, r#"{"message":"no"}"#, &["no"]),
        (400, r#"{"message":7}"#, &["the platform answered 400"]),
        (200, r#"{"success":false}"#, &["the platform refused it and gave no reason"]),
        (403, r#"{"detail":"permission_denied","permission":"p"}"#, &["your role lacks the permission p"]),
        (403, r#"{"detail":"permission_denied"}"#, &["the platform answered 403"]),
    ] {
        assert_eq!(explained(None, status, body).causes(), causes, "{status} {body}");
    }
}

#[test]
fn a_name_that_is_refused_is_told_apart_from_all_else() {
    const TAKEN: &str = r#"{"errors":[{"key":"name","message":"already exists"}]}"#;
    for (naming, status, body, message, causes) in [
        (Some("x"), 409, "{}", "the name x is taken", &["the platform answered 409"][..]),
        (Some("x"), 200, TAKEN, "the name x is taken", &["already exists"]),
        (
            Some("x"),
            400,
            r#"{"detail":"this Name is in use"}"#,
            "the name x is taken",
            &["this Name is in use"],
        ),
        (Some("x"), 400, r#"{"detail":"it exists"}"#, "the name x is taken", &["it exists"]),
        (Some("x"), 400, r#"{"errors":[{"key":"name"}]}"#, "the name x cannot be used", &["name: refused"]),
        (None, 409, "{}", "cannot try", &["the platform answered 409"]),
        (None, 200, TAKEN, "cannot try", &["name: already exists"]),
    ] {
        let error = explained(naming, status, body);
        assert_eq!((error.kind(), error.message()), (ErrorKind::Conflict, message), "{status} {body}");
        assert_eq!(error.causes(), causes, "{status} {body}");
    }
    for (naming, status, body, kind) in [
        (Some("x"), 400, "{}", ErrorKind::Failure),
        (Some("x"), 400, r#"{"detail":"the quota is in use"}"#, ErrorKind::Failure),
        (Some("x"), 400, r#"{"detail":"no such name"}"#, ErrorKind::Failure),
        (
            Some("x"),
            400,
            r#"{"errors":[{"key":"name","message":"no"},{"key":"a","message":"no"}]}"#,
            ErrorKind::Failure,
        ),
        (Some("x"), 404, r#"{"detail":"no such name exists"}"#, ErrorKind::NotFound),
        (Some("x"), 404, r#"{"errors":[{"key":"name","message":"no"}]}"#, ErrorKind::NotFound),
        (Some("x"), 500, r#"{"detail":"the name already exists"}"#, ErrorKind::OutcomeUnknown),
        (None, 400, r#"{"detail":"the name already exists"}"#, ErrorKind::Failure),
    ] {
        assert_eq!(explained(naming, status, body).kind(), kind, "{status} {body}");
    }
}

fn answered(body: &str) -> Result<(), Fault> {
    let mut due = Confirmed::default();
    due.push(body.as_bytes())?;
    due.end().map(|_| ())
}

#[test]
fn a_missing_route_is_not_a_missing_thing() {
    for (status, body, expected) in [
        (404, r#"{"detail":"Not Found"}"#, true),
        (405, r#"{"detail":"Method Not Allowed"}"#, true),
        (404, "<html>404</html>", true),
        (404, "", true),
        (404, "[\"Not Found\"]", false),
        (404, r#"{"errors":"none"}"#, false),
        (200, "<html></html>", true),
        (404, r#"{"detail":"Organisation not found"}"#, false),
        (200, r#"{"success":true}"#, false),
        (200, "", false),
        (200, r#"{"success": tr"#, false),
        (200, r#"{"success": x}"#, false),
        (404, r#"{"detail":"Not Fo"#, false),
        (401, "<html>", false),
        (500, "x", false),
    ] {
        let fault = if status == 200 { answered(body).err() } else { Some(refused(status, body)) };
        let found = fault.is_some_and(|fault| fault.is_no_route());
        assert_eq!(found, expected, "{status} {body}");
    }
}
