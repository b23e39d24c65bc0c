//! The routes, and who may call them.

mod account;
mod cloud;
mod credentials;
mod login;
mod registry;
mod scene;

use axum::{http::StatusCode, routing::MethodFilter};

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

type Row = (MethodFilter, &'static str, &'static str, Guard, Handler);

/// The platform's routes but those of the cloud providers: method, path, what it does, who may, how.
const PLATFORM: &[Row] = &{
    use MethodFilter as M;
    [
        (M::GET, "/credentials", "list credentials", READ, credentials::list),
        (M::POST, "/credentials", "create registry credential", CREATE, registry::create_of_any_kind),
        (M::GET, "/org/credentials", "list credentials", READ, credentials::list),
        (M::GET, "/org/credentials/validate", "validate name", READ, credentials::validate),
        (M::GET, "/org/credentials/{id}", "show credential", READ, credentials::get),
        (M::DELETE, "/org/credentials/{id}", "delete credential", DELETE, credentials::delete),
        (M::GET, "/org/helm/credentials", "list registry credentials", READ, registry::list),
        (M::POST, "/org/helm/credentials", "create registry credential", CREATE, registry::create),
        (M::GET, "/org/helm/credentials/{name}", "show registry credential", READ, registry::get),
        (M::PUT, "/org/helm/credentials/{name}", "update registry credential", UPDATE, registry::update),
        (M::DELETE, "/org/helm/credentials/{name}", "delete registry credential", DELETE, registry::delete),
        (M::GET, "/org/helm/registries", "list registries", REGISTRIES, registry::registries),
        (M::GET, "/org/organisation", "list organisations", Guard::SignedIn, account::organisations),
        (M::POST, "/org/organisation/switch", "switch organisation", Guard::SignedIn, account::switch),
        (M::GET, "/org/account/tokens", "list tokens", Guard::SignedIn, account::tokens),
        (M::POST, "/org/account/tokens/{id}/revoke", "revoke token", Guard::SignedIn, account::revoke),
        (M::GET, "/cli/login/init", "begin login", Guard::Open, login::begin),
        (M::POST, "/cli/login/poll", "collect token", Guard::Open, login::poll),
    ]
};

/// The sandbox's own routes.
const SCENE: &[Row] = &{
    use MethodFilter as M;
    [
        (M::GET, "/login", "approve login", Guard::Open, login::approve),
        (M::GET, "/audit", "read audit log", Guard::Needs("sandbox.audit"), scene::audit),
        (M::POST, "/clusters", "create cluster", Guard::Needs("sandbox.create"), scene::cluster),
        (M::POST, "/registries", "create registry", Guard::Needs("sandbox.create"), scene::registry),
        (M::POST, "/fill", "fill with credentials", Guard::Needs("sandbox.create"), scene::fill),
    ]
};

pub(super) fn all() -> impl Iterator<Item = (MethodFilter, String, Route)> {
    let own = PLATFORM.iter().map(|row| ("/api/v1", row)).chain(SCENE.iter().map(|row| ("/sandbox", row)));
    own.map(|(base, &(method, path, action, guard, handler))| {
        let route = Route { action: action.to_owned(), guard, handler, provider: None };
        (method, format!("{base}{path}"), route)
    })
    .chain(PROVIDERS.iter().flat_map(of_provider))
}

fn of_provider(provider: &'static Provider) -> [(MethodFilter, String, Route); 4] {
    use MethodFilter as M;
    let (name, base) = (provider.name, format!("/api/v1/credentials/{}", provider.name));
    let shapes: [(_, _, _, _, Handler); 4] = [
        (M::GET, "", format!("list {name} credentials"), READ, cloud::list),
        (M::POST, "", format!("create {name} credential"), CREATE, cloud::create),
        (M::GET, "/ssh-keys", format!("list {name} SSH keys"), READ, cloud::list_keys),
        (M::POST, "/ssh-key", format!("create {name} SSH key"), CREATE, cloud::create_key),
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
