//! The routes, and who may call them.

mod account;
mod cloud;
mod credentials;
pub(super) mod login;
mod registry;
mod scene;
mod sign_in;
mod tokens;

use axum::{http::StatusCode, routing::MethodFilter as Method};

use super::{
    answers::Fault,
    call::{Guard, Handler, Route},
    clouds::{PROVIDERS, Provider},
};

const READ: Guard = Guard::Needs("credentials.read");
const CREATE: Guard = Guard::Needs("credentials.create");
const UPDATE: Guard = Guard::Needs("credentials.update");
const DELETE: Guard = Guard::Needs("credentials.delete");
const REGISTRIES: Guard = Guard::Needs("registries.read");

type Row = (Method, &'static str, &'static str, Guard, Handler);

/// The platform's routes but those of the cloud providers: method, path, what it does, who may, how.
const PLATFORM: &[Row] = &[
    (Method::GET, "/credentials", "list credentials", READ, credentials::list),
    (Method::POST, "/credentials", "create registry credential", CREATE, registry::create_of_any_kind),
    (Method::GET, "/org/credentials", "list credentials", READ, credentials::list),
    (Method::GET, "/org/credentials/validate", "validate name", READ, credentials::validate),
    (Method::GET, "/org/credentials/{id}", "show credential", READ, credentials::get),
    (Method::DELETE, "/org/credentials/{id}", "delete credential", DELETE, credentials::delete),
    (Method::GET, "/org/helm/credentials", "list registry credentials", READ, registry::list),
    (Method::POST, "/org/helm/credentials", "create registry credential", CREATE, registry::create),
    (Method::GET, "/org/helm/credentials/{name}", "show registry credential", READ, registry::get),
    (Method::PUT, "/org/helm/credentials/{name}", "update registry credential", UPDATE, registry::update),
    (Method::DELETE, "/org/helm/credentials/{name}", "delete registry credential", DELETE, registry::delete),
    (Method::GET, "/org/helm/registries", "list registries", REGISTRIES, registry::registries),
    (Method::GET, "/org/organisation", "list organisations", Guard::SignedIn, account::organisations),
    (Method::GET, "/org/organisation/{id}", "show organisation", Guard::SignedIn, account::organisation),
    (Method::POST, "/org/organisation/switch", "switch organisation", Guard::SignedIn, account::switch),
    (Method::GET, "/org/account/tokens", "list tokens", Guard::SignedIn, tokens::list),
    (Method::POST, "/org/account/tokens", "create token", Guard::SignedIn, tokens::create),
    (Method::DELETE, "/org/account/tokens/{id}", "delete token", Guard::SignedIn, tokens::delete),
    (Method::POST, "/org/account/tokens/{id}/revoke", "revoke token", Guard::SignedIn, tokens::revoke),
    (Method::GET, "/cli/login/init", "begin login", Guard::Open, login::begin),
    (Method::POST, "/cli/login/poll", "collect token", Guard::Open, login::poll),
];

/// The sandbox's own routes.
const SCENE: &[Row] = &[
    (Method::GET, "/login", "open login page", Guard::Open, sign_in::open),
    (Method::POST, "/login", "decide login", Guard::Open, sign_in::decide),
    (Method::GET, "/audit", "read audit log", Guard::Needs("sandbox.audit"), scene::audit),
    (
        Method::POST,
        "/organisations",
        "create organisation",
        Guard::Needs("sandbox.create"),
        scene::organisation,
    ),
    (Method::POST, "/clusters", "create cluster", Guard::Needs("sandbox.create"), scene::cluster),
    (Method::POST, "/registries", "create registry", Guard::Needs("sandbox.create"), scene::registry),
    (Method::POST, "/fill", "fill with credentials", Guard::Needs("sandbox.create"), scene::fill),
];

pub(super) fn all() -> impl Iterator<Item = (Method, String, Route)> {
    let own = PLATFORM.iter().map(|row| ("/api/v1", row)).chain(SCENE.iter().map(|row| ("/sandbox", row)));
    own.map(|(base, &(method, path, action, guard, handler))| {
        let route = Route { action: action.to_owned(), guard, handler, provider: None };
        (method, format!("{base}{path}"), route)
    })
    .chain(PROVIDERS.iter().flat_map(of_provider))
}

fn of_provider(provider: &'static Provider) -> [(Method, String, Route); 4] {
    let (name, base) = (provider.name, format!("/api/v1/credentials/{}", provider.name));
    let shapes: [(_, _, _, _, Handler); 4] = [
        (Method::GET, "", format!("list {name} credentials"), READ, cloud::list),
        (Method::POST, "", format!("create {name} credential"), CREATE, cloud::create),
        (Method::GET, "/ssh-keys", format!("list {name} SSH keys"), READ, cloud::list_keys),
        (Method::POST, "/ssh-key", format!("create {name} SSH key"), CREATE, cloud::create_key),
    ];
    shapes.map(|(method, path, action, guard, handler)| {
        (method, format!("{base}{path}"), Route { action, guard, handler, provider: Some(provider) })
    })
}

/// What answers where there is no route: with 404 for the path, with 405 for the method.
pub(super) fn fallbacks() -> [Route; 2] {
    let handlers: [Handler; 2] = [
        |_| Err(Fault::detail(StatusCode::NOT_FOUND, "Not Found")),
        |_| Err(Fault::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")),
    ];
    let action = || "no such route".to_owned();
    handlers.map(|handler| Route { action: action(), guard: Guard::Open, handler, provider: None })
}
