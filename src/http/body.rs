//! Sends a request and reads the body of its answer: to a deadline, within a bound.

use std::time::Instant;

use reqwest::header::CONTENT_ENCODING;

use super::{
    fault::{Fault, reason},
    text::excerpt,
};

/// Sends `request` once, until `deadline`; the body of the answer is still to come.
pub(crate) async fn send(
    request: reqwest::RequestBuilder,
    deadline: Instant,
) -> Result<reqwest::Response, Fault> {
    if Instant::now() >= deadline {
        // What is not begun leaves nothing in doubt.
        return Err(Fault::NotConnected { dns: false, detail: "timed out".to_owned() });
    }
    match tokio::time::timeout_at(deadline.into(), request.send()).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(Fault::of_request(error)),
        Err(_) => Err(Fault::TimedOut),
    }
}

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

async fn next(response: &mut reqwest::Response, deadline: Instant) -> Result<Option<bytes::Bytes>, Fault> {
    tokio::time::timeout_at(deadline.into(), response.chunk())
        .await
        .map_err(|_| Fault::TimedOut)?
        .map_err(|error| Fault::Lost(reason(&error.without_url())))
}

/// None was asked for, so that a small answer cannot unfold into a large one.
fn refuse_encoded(response: &reqwest::Response) -> Result<(), Fault> {
    match response.headers().get(CONTENT_ENCODING) {
        Some(encoding) if encoding.as_bytes() != b"identity" => {
            Err(Fault::Encoded(excerpt(encoding.as_bytes())))
        }
        _ => Ok(()),
    }
}
