//! Reads the body of an answer, to a deadline and within a bound, and the words of its first line.

use std::time::Instant;

use reqwest::header::{CONTENT_ENCODING, TRANSFER_ENCODING};

use super::{fault::Fault, page::place, text::excerpt};
use crate::process::awaits;

/// Gives each piece of a body to `take`; more than `limit` bytes in all are refused.
pub(crate) async fn each_chunk<F: From<Fault>>(
    response: &mut reqwest::Response,
    deadline: Instant,
    limit: usize,
    mut take: impl FnMut(&[u8]) -> Result<(), F>,
) -> Result<(), F> {
    refuse_encoded(response)?;
    let mut left = limit;
    while let Some(chunk) = next(response, deadline).await? {
        left = left.checked_sub(chunk.len()).ok_or(Fault::TooLarge(limit))?;
        take(&chunk)?;
    }
    Ok(())
}

/// The first `most` bytes of a body, or all of it; the rest is never read.
pub(crate) async fn head(
    response: &mut reqwest::Response,
    deadline: Instant,
    most: usize,
) -> Result<Vec<u8>, Fault> {
    refuse_encoded(response)?;
    let mut head = Vec::new();
    while head.len() < most
        && let Some(chunk) = next(response, deadline).await?
    {
        head.extend_from_slice(&chunk[..chunk.len().min(most - head.len())]);
    }
    Ok(head)
}

/// What stands behind the status in the first line, where that is not what HTTP has for the status: some servers say
/// there alone what is wrong.
pub(crate) fn reason(response: &reqwest::Response) -> Option<String> {
    let phrase = response.extensions().get::<hyper::ext::ReasonPhrase>()?;
    Some(String::from_utf8_lossy(phrase.as_bytes()).trim().to_owned()).filter(|text| !text.is_empty())
}

async fn next(response: &mut reqwest::Response, deadline: Instant) -> Result<Option<bytes::Bytes>, Fault> {
    let _awaited = awaits(&place(response.url()));
    tokio::time::timeout_at(deadline.into(), response.chunk())
        .await
        .map_err(|_| Fault::TimedOut(None))?
        .map_err(|error| Fault::lost(&error.without_url()))
}

/// None was asked for, so that a small answer cannot unfold into a large one.
fn refuse_encoded(response: &reqwest::Response) -> Result<(), Fault> {
    let headers = response.headers();
    for (header, plain) in [(CONTENT_ENCODING, "identity"), (TRANSFER_ENCODING, "chunked")] {
        let codings =
            headers.get_all(header).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
        let mut named = codings.map(<[u8]>::trim_ascii).filter(|coding| !coding.is_empty());
        if let Some(coding) = named.find(|coding| !coding.eq_ignore_ascii_case(plain.as_bytes())) {
            return Err(Fault::Encoded(excerpt(coding)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        pin::Pin,
        task::{Context, Poll},
        time::{Duration, Instant},
    };

    use bytes::Bytes;
    use hyper::body::{Body, Frame};

    use super::{Fault, each_chunk, head};

    /// A body of which no end comes.
    struct Endless(std::vec::IntoIter<&'static str>);

    impl Body for Endless {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            self.0.next().map_or(Poll::Pending, |chunk| Poll::Ready(Some(Ok(Frame::data(chunk.into())))))
        }
    }

    fn response(body: reqwest::Body) -> reqwest::Response {
        hyper::Response::new(body).into()
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[tokio::test]
    async fn no_more_of_a_body_is_read_than_what_is_wanted() {
        for (most, wanted) in [(0, ""), (2, "ab"), (3, "abc"), (5, "abcde"), (6, "abcdef")] {
            let body = Endless(vec!["abc", "def"].into_iter());
            let read = head(&mut response(reqwest::Body::wrap(body)), soon(), most).await;
            assert_eq!(read.unwrap(), wanted.as_bytes());
        }
        assert_eq!(head(&mut response("abc".into()), soon(), 9).await.unwrap(), b"abc");
    }

    #[tokio::test]
    async fn a_body_of_just_the_limit_is_read_and_a_larger_one_is_not() {
        for limit in [2, 3, 4] {
            let mut read = Vec::new();
            let take = |chunk: &[u8]| {
                read.extend_from_slice(chunk);
                Ok::<(), Fault>(())
            };
            let outcome = each_chunk(&mut response("abc".into()), soon(), limit, take).await;
            assert_eq!(outcome.is_ok(), limit >= 3, "{limit}");
            assert_eq!(read.is_empty(), limit < 3, "{limit}");
        }
    }
}
