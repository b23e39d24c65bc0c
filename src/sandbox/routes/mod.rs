//! The routes, and who may call them.

mod account;
mod cloud;
mod credentials;
mod login;
mod registry;
mod scene;

use std::sync::Arc;

use axum::{
    Router,
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::StatusCode,
    routing::{MethodFilter, on},
};

use self::cloud::Provider;
use super::{
    answers::{Answer, Fault},
    server::{App, Call},
};

/// Who may call a route.
#[derive(Clone, Copy)]
pub(super) enum Guard {
    /// Anyone.
    Open,
    /// Whoever has a token.
    SignedIn,
    /// Whoever has a token and this permission in the organisation.
    Needs(&'static str),
}

/// What a route does.
type Handler = fn(&Call<'_>) -> Result<Answer, Fault>;

/// A route.
pub(super) struct Route {
    /// For the audit log.
    pub(super) action: String,
    pub(super) guard: Guard,
    pub(super) handler: Handler,
    /// The provider whose route it is, where several share a handler.
    pub(super) provider: Option<&'static Provider>,
}

const READ: Guard = Guard::Needs("credentials.read");
const CREATE: Guard = Guard::Needs("credentials.create");
const UPDATE: Guard = Guard::Needs("credentials.update");
const DELETE: Guard = Guard::Needs("credentials.delete");

/// Every route but those of the cloud providers: method, path, what it does, who may, how.
const ROUTES: &[(MethodFilter, &str, &str, Guard, Handler)] = &{
    use MethodFilter as M;
    [
        (M::GET, "/api/v1/credentials", "list credentials", READ, credentials::list),
        (M::POST, "/api/v1/credentials", "create registry credential", CREATE, registry::create_of_any_kind),
        (M::GET, "/api/v1/org/credentials", "list credentials", READ, credentials::list),
        (M::GET, "/api/v1/org/credentials/validate", "validate name", READ, credentials::validate),
        (M::GET, "/api/v1/org/credentials/{id}", "show credential", READ, credentials::get),
        (M::DELETE, "/api/v1/org/credentials/{id}", "delete credential", DELETE, credentials::delete),
        (M::GET, "/api/v1/org/helm/credentials", "list registry credentials", READ, registry::list),
        (M::POST, "/api/v1/org/helm/credentials", "create registry credential", CREATE, registry::create),
        (M::GET, "/api/v1/org/helm/credentials/{name}", "show registry credential", READ, registry::get),
        (
            M::PUT,
            "/api/v1/org/helm/credentials/{name}",
            "update registry credential",
            UPDATE,
            registry::update,
        ),
        (
            M::DELETE,
            "/api/v1/org/helm/credentials/{name}",
            "delete registry credential",
            DELETE,
            registry::delete,
        ),
        (
            M::GET,
            "/api/v1/org/helm/registries",
            "list registries",
            Guard::Needs("registries.read"),
            registry::registries,
        ),
        (M::GET, "/api/v1/org/organisation", "list organisations", Guard::SignedIn, account::organisations),
        (M::POST, "/api/v1/org/organisation/switch", "switch organisation", Guard::SignedIn, account::switch),
        (M::GET, "/api/v1/org/account/tokens", "list tokens", Guard::SignedIn, account::tokens),
        (M::POST, "/api/v1/org/account/tokens/{id}/revoke", "revoke token", Guard::SignedIn, account::revoke),
        (M::GET, "/api/v1/cli/login/init", "begin login", Guard::Open, login::begin),
        (M::POST, "/api/v1/cli/login/poll", "collect token", Guard::Open, login::poll),
        (M::GET, "/sandbox/login", "approve login", Guard::Open, login::approve),
        (M::GET, "/sandbox/audit", "read audit log", Guard::Needs("sandbox.audit"), scene::audit),
        (M::POST, "/sandbox/clusters", "create cluster", Guard::Needs("sandbox.create"), scene::cluster),
        (M::POST, "/sandbox/registries", "create registry", Guard::Needs("sandbox.create"), scene::registry),
        (M::POST, "/sandbox/fill", "fill with credentials", Guard::Needs("sandbox.create"), scene::fill),
    ]
};

/// All routes.
pub(super) fn router(app: &Arc<App>) -> Router {
    let add =
        |router: Router, method, path: &str, route| router.route(path, on(method, endpoint(app, route)));
    let mut router = Router::new();
    for &(method, path, action, guard, handler) in ROUTES {
        let route = Route { action: action.to_owned(), guard, handler, provider: None };
        router = add(router, method, path, route);
    }
    for provider in cloud::PROVIDERS {
        let name = provider.name;
        let base = format!("/api/v1/credentials/{name}");
        let shapes: [(_, _, _, _, Handler); 4] = [
            (MethodFilter::GET, "", format!("list {name} credentials"), READ, cloud::list),
            (MethodFilter::POST, "", format!("create {name} credential"), CREATE, cloud::create),
            (MethodFilter::GET, "/ssh-keys", format!("list {name} SSH keys"), READ, cloud::list_keys),
            (MethodFilter::POST, "/ssh-key", format!("create {name} SSH key"), CREATE, cloud::create_key),
        ];
        for (method, path, action, guard, handler) in shapes {
            let route = Route { action, guard, handler, provider: Some(provider) };
            router = add(router, method, &format!("{base}{path}"), route);
        }
    }
    let fallback =
        |handler| Route { action: "no such route".to_owned(), guard: Guard::Open, handler, provider: None };
    router
        .fallback(endpoint(app, fallback(|_| Err(Fault::detail(StatusCode::NOT_FOUND, "Not Found")))))
        .method_not_allowed_fallback(endpoint(
            app,
            fallback(|_| Err(Fault::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"))),
        ))
}

/// The function that axum calls.
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

/// An answer in the making.
type Answering = std::pin::Pin<Box<dyn Future<Output = axum::response::Response> + Send>>;
