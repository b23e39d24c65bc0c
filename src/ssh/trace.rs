//! What work with private keys leaves on the stack.

use std::hint::black_box;

use zeroize::Zeroize;

/// How much of the stack is overwritten: more than the making and writing of a key takes.
const PAGES: usize = 32;

/// Does `work`, then overwrites the stack that it used. Keys are moved there, and what is moved leaves its bytes
/// behind, which no destructor sees.
#[inline(never)]
pub fn leaving_no_trace<T>(work: impl FnOnce() -> T) -> T {
    let result = apart(work);
    overwrite(PAGES);
    result
}

/// Keeps the frames of `work` below that of the caller.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite(pages: usize) {
    let mut page = [0_u8; 4096];
    black_box(&mut page).zeroize();
    if pages > 0 {
        overwrite(pages - 1);
    }
    // Not before the call, which would reuse the frame.
    black_box(&page);
}
