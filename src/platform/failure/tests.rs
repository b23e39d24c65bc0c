use std::time::Duration;

use super::{About, Error, ErrorKind, Fault, Reply, StatusCode};
use crate::platform::{
    answer::{Confirmed, Due},
    base_url::BaseUrl,
};

fn refused(status: u16, body: &str) -> Fault {
    let status = StatusCode::from_u16(status).unwrap();
    Fault::Refused(Reply { status, body: body.into(), retry_after: None })
}

/// The error of a change that was about to give the name `naming`.
fn explained(naming: Option<&str>, status: u16, body: &str) -> Error {
    let about = About {
        action: "try",
        naming,
        is_read: false,
        base: &BaseUrl::hosted().unwrap(),
        timeout: Duration::ZERO,
        on_refusal: &"sign in again".into(),
        names_organisation: false,
    };
    about.explain(&refused(status, body))
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
