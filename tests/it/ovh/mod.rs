//! `ankra credentials ovh` at OVH itself, which a server of the test stands for.

mod endpoints;
mod errors;
mod grant;
mod judge;
mod states;
