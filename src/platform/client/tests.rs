use std::{
    cell::{Cell, RefCell},
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    rc::Rc,
    thread,
    time::Duration,
};

use reqwest::Method;
use tokio::net::TcpSocket;

use super::{API_TOKEN, Client};
use crate::{
    deadline::Deadline,
    platform::{LoginAnswer, answer::Done, request::Request},
    secret::{Form, Secret},
};

/// A port of this machine that refuses every connection for as long as it is held.
fn closed_port() -> TcpSocket {
    let held = TcpSocket::new_v4().unwrap();
    held.bind(([127, 0, 0, 1], 0).into()).unwrap();
    held
}

/// What comes of `work`, which waits.
fn done<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn request(method: Method) -> Request<'static, Done> {
    Request::new(method, "a", "try")
}

#[test]
fn a_token_has_no_blank_and_no_quotes() {
    for good in ["eyJhbGciOiJIUzI1NiJ9.e30.a-b_c", "~!#$%&()*+,/:;<=>?@[\\]^`{|}"] {
        assert!(matches!((API_TOKEN.form)(good), Form::Usual), "{good}");
    }
    for bad in ["a b", "a\tb", "a\nb", "\"ab\"", "'ab'", "a\u{7f}", "\u{e4}"] {
        assert!(matches!((API_TOKEN.form)(bad), Form::Impossible(_)), "{bad:?}");
    }
}

#[test]
fn a_client_knows_its_token_and_the_organisation_that_was_chosen() {
    let base = "https://h".parse().unwrap();
    let client = Client::new(base, Deadline::after(Duration::ZERO), Rc::new(|_, _| ()));
    let mut client = client.authenticate(&Secret::copied("a-token")).unwrap();
    assert!(client.carries(&Secret::copied("a-token")));
    assert!(
        !client.carries(&Secret::copied("another")) && !client.carries(&Secret::copied("Bearer a-token"))
    );
    assert_eq!((client.base().to_string().as_str(), client.organisation()), ("https://h", None));
    let chosen = "0f000000-0000-4000-8000-000000000001".parse().unwrap();
    client.set_organisation(chosen);
    assert_eq!(client.organisation(), Some(chosen));
    assert!(!client.was_reached() && !client.was_limited());
}

#[test]
fn a_client_knows_whether_it_was_answered_and_whether_there_were_too_many_requests() {
    for (head, was_limited) in [("200 OK", false), ("429 Slow\r\nretry-after: 1000", true), ("403 No", false)]
    {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let lines = BufReader::new(socket.try_clone().unwrap()).lines();
            assert!(lines.map_while(Result::ok).any(|line| line.is_empty()));
            write!(socket, "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}").unwrap();
        });
        let client = Client::new(base, Deadline::after(Duration::from_secs(60)), Rc::new(|_, _| ()));
        let client = client.authenticate(&Secret::copied("a-token")).unwrap();
        let answer = done(client.send(&request(Method::GET)));
        assert_eq!(answer.is_ok(), head.starts_with("200"), "{answer:?}");
        assert_eq!((client.was_reached(), client.was_limited()), (true, was_limited), "{head}");
        if let (Err(error), true) = (answer, was_limited) {
            assert_eq!(error.hints()[0].to_string(), "too many requests: try again in 1000 s");
        }
    }
    let port = done(async { closed_port() });
    let base = format!("http://{}", port.local_addr().unwrap()).parse().unwrap();
    let client = Client::new(base, Deadline::after(Duration::from_secs(60)), Rc::new(|_, _| ()));
    let client = client.authenticate(&Secret::copied("a-token")).unwrap();
    assert!(done(client.send(&request(Method::POST))).is_err());
    assert_eq!((client.was_reached(), client.was_limited()), (false, false));
}

#[test]
fn a_sign_in_goes_on_where_the_platform_is_out_of_reach() {
    let port = done(async { closed_port() });
    let base = format!("http://{}", port.local_addr().unwrap()).parse().unwrap();
    let deadline = Deadline::after(Duration::from_secs(60));
    let client = Client::new(base, deadline.clone(), Rc::new(|_, _| ()));
    let verifier = Secret::copied("a-verifier");
    let answer = done(client.poll_login("a-ticket", &verifier, deadline.end()));
    assert!(matches!(answer, Ok(LoginAnswer::Trouble { wait: None, .. })), "{answer:?}");
}

#[test]
fn a_change_is_told_of_before_and_after_it_and_a_read_never() {
    let port = done(async { closed_port() });
    let base = format!("http://{}", port.local_addr().unwrap()).parse().unwrap();
    let told = Rc::new(Cell::new(0));
    let count = Rc::clone(&told);
    let client = Client::new(base, Deadline::after(Duration::from_secs(60)), Rc::new(|_, _| ()))
        .on_change(Rc::new(move || count.set(count.get() + 1)));
    for (method, expected) in [(Method::GET, 0), (Method::POST, 2), (Method::DELETE, 4)] {
        assert!(done(client.send(&request(method.clone()))).is_err());
        assert_eq!(told.get(), expected, "{method}");
    }
}

#[test]
fn a_read_is_tried_again_only_where_the_wait_before_it_ends_in_time() {
    let port = done(async { closed_port() });
    // The first wait is of 100 ms at least, and that before the third try of 600 ms at most.
    for (allowed, expected) in [(99, 0), (60_000, 2)] {
        let base = format!("http://{}", port.local_addr().unwrap()).parse().unwrap();
        let lines = Rc::new(RefCell::new(Vec::new()));
        let kept = Rc::clone(&lines);
        let trace = Rc::new(move |_, line: &str| kept.borrow_mut().push(line.to_owned()));
        let client = Client::new(base, Deadline::after(Duration::from_millis(allowed)), trace);
        assert!(done(client.send(&request(Method::GET))).is_err());
        let tries = lines.borrow().iter().filter(|line| line.contains(": try ")).count();
        assert_eq!(tries, expected, "{lines:?}");
    }
}

#[test]
fn what_is_asked_beside_a_prompt_has_half_of_the_time_that_is_left() {
    // The kernel takes the connection, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap()).parse().unwrap();
    let client = Client::new(base, Deadline::after(Duration::from_secs(2)), Rc::new(|_, _| ()))
        .authenticate(&Secret::copied("token-of-the-test"))
        .unwrap();
    let mut asked = client.begin(request(Method::GET)).ok().unwrap();
    let (answer, was_reached) = done(asked.within(Duration::from_secs(60))).unwrap();
    let cause = answer.unwrap_err().causes().join(": ");
    let (_, seconds) = cause.trim_end_matches(" s").split_once("in full within ").expect(&cause);
    assert!(seconds.parse::<f64>().unwrap() <= 1.0 && was_reached, "{cause}");
}
