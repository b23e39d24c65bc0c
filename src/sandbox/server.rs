//! The HTTP server, which listens on loopback only.

use std::{net::SocketAddr, pin::Pin, sync::Arc};

use axum::{
    Router,
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    response::Response,
    routing::on,
    serve::ListenerExt,
};
use tokio::net::TcpListener;

use super::{
    Tokens,
    access::OnAccess,
    app::App,
    approval::{Approval, Code},
    call::Route,
    routes,
    store::Sandbox,
};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// A server that is bound: its socket accepts connections.
pub struct Server {
    listener: TcpListener,
    app: App,
}

impl Sandbox {
    /// Binds `address` and makes the state if there is none; when it returns, connections
    /// are accepted, and answered once the [`Server`] is started or run. Gives the ready-made
    /// tokens as well: to ask for them later would be one more wait for the state.
    /// Any other address than loopback is refused: the sandbox is not a hardened service.
    pub async fn listen(&self, address: SocketAddr, on_access: Option<OnAccess>) -> Result<(Server, Tokens)> {
        if !address.ip().to_canonical().is_loopback() {
            return Err(Error::usage(format!("the sandbox does not listen on {address}"))
                .cause("it is for trying and testing on this machine, and only listens on loopback")
                .hint("listen on 127.0.0.1 or [::1], for example 127.0.0.1:8080"));
        }
        let tokens = self.tokens().await?;
        let refused = |e| {
            Error::failure(format!("the sandbox cannot listen on {address}"))
                .cause(e)
                .hint("choose another port; port 0 takes a free one")
        };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let app = App { store: self.clone(), address, on_access, approval: Approval::new()? };
        Ok((Server { listener, app }, tokens))
    }
}

impl Server {
    /// Where it listens; the port is the real one.
    pub fn address(&self) -> SocketAddr {
        self.app.address
    }

    /// What approves a browser login on its page, for as long as this server runs.
    pub fn code(&self) -> Secret {
        self.app.approval.first.shown()
    }

    /// Asks for a second code as well, which is given back.
    pub fn ask_for_second_code(&mut self) -> Result<Secret> {
        Ok(self.app.approval.second.insert(Code::new()?).shown())
    }

    /// Serves in the background of the current tokio runtime for as long as that lives.
    /// Call it from within the runtime, which needs its I/O and time drivers.
    pub fn start(self) {
        tokio::spawn(self.run());
    }

    /// Serves until the future is dropped.
    pub async fn run(self) -> Result<()> {
        // Small answers must not wait for the acknowledgement of earlier ones.
        let listener = self.listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        axum::serve(listener, router(&Arc::new(self.app)))
            .await
            .map_err(|e| Error::failure("the sandbox stopped serving").cause(e))
    }
}

fn router(app: &Arc<App>) -> Router {
    let add = |router: Router, (method, path, route): (_, String, _)| {
        router.route(&path, on(method, endpoint(app, route)))
    };
    let [no_path, no_method] = routes::fallbacks().map(|route| endpoint(app, route));
    routes::all().fold(Router::new(), add).fallback(no_path).method_not_allowed_fallback(no_method)
}

fn endpoint(
    app: &Arc<App>,
    route: Route,
) -> impl Fn(Result<RawPathParams, RawPathParamsRejection>, Request) -> Answering + Clone + Send + Sync + 'static
{
    let (app, route) = (Arc::clone(app), Arc::new(route));
    move |params, request| {
        let (app, route) = (Arc::clone(&app), Arc::clone(&route));
        Box::pin(async move { app.answer(&route, params, request).await })
    }
}

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;
