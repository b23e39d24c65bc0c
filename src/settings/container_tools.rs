//! Where container tools keep their logins at registries, and where their helpers are.

use std::{
    collections::HashSet,
    env, fmt,
    path::{Path, PathBuf},
};

use rustix::process::getuid;

use crate::{files::home, secret::Secret};

/// Holds the text of a login file for docker, testcontainers and GitLab's runner.
const AUTH_CONFIG: &str = "DOCKER_AUTH_CONFIG";

/// A place of logins: a file, or a variable that holds the text of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    File(PathBuf),
    Variable(&'static str),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// A place, and what the environment says of it.
#[derive(Clone, Debug)]
pub struct LoginPlace {
    pub place: Place,
    /// What a variable holds.
    pub text: Option<Secret>,
    /// The variable that a file is named by.
    pub named_by: Option<&'static str>,
}

/// Where the tools for containers keep their logins, from the environment.
#[derive(Clone, Debug)]
pub struct ContainerTools {
    /// Where logins are, in the order of precedence. The files need not exist.
    pub places: Vec<LoginPlace>,
    /// The folders of `PATH` in which a helper may be: the absolute ones.
    pub programs: Vec<PathBuf>,
}

impl ContainerTools {
    pub fn of_process() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        Self {
            places: places(&|name| env::var_os(name).map(PathBuf::from), home().as_deref()),
            programs: env::split_paths(&path).filter(|folder| folder.is_absolute()).collect(),
        }
    }
}

type Named = (PathBuf, Option<&'static str>);

/// Returns the places in the order of precedence: those of podman and skopeo, of docker and oras, of
/// helm (containers-auth.json(5), docker's `config` package, `helm env`).
///
/// `REGISTRY_AUTH_FILE` stands for all files of podman and skopeo. Where it is not set and
/// `DOCKER_CONFIG` is, they read docker's file in the place of theirs: it comes first. What docker finds in
/// `DOCKER_AUTH_CONFIG` counts before its file.
fn places(variable: &dyn Fn(&str) -> Option<PathBuf>, home: Option<&Path>) -> Vec<LoginPlace> {
    let set = |name: &str| variable(name).filter(|path| !path.as_os_str().is_empty());
    // A variable of one tool is a path as any other; one of XDG is absolute or as if unset.
    let named = |name: &'static str| -> Option<Named> {
        set(name).and_then(|path| std::path::absolute(path).ok()).map(|path| (path, Some(name)))
    };
    let xdg = |name: &'static str| -> Option<Named> {
        set(name).filter(|path| path.is_absolute()).map(|path| (path, Some(name)))
    };
    let below_home = |path: &str| -> Option<Named> { home.map(|home| (home.join(path), None)) };
    let below = |path: &'static str| move |(folder, by): Named| -> Named { (folder.join(path), by) };
    let config = xdg("XDG_CONFIG_HOME").or_else(|| below_home(".config"));

    let podman_named = named("REGISTRY_AUTH_FILE");
    let (docker_named, is_podman_named) = (named("DOCKER_CONFIG"), podman_named.is_some());
    let docker_first = docker_named.is_some() && !is_podman_named;
    let docker = docker_named.or_else(|| below_home(".docker")).map(below("config.json"));
    let podman = match podman_named {
        Some(file) => vec![file],
        None if cfg!(target_os = "linux") => {
            let usual = || (format!("/run/containers/{}/auth.json", getuid().as_raw()).into(), None);
            let runtime = xdg("XDG_RUNTIME_DIR").map_or_else(usual, below("containers/auth.json"));
            let kept = config.clone().map(below("containers/auth.json"));
            [Some(runtime), kept].into_iter().flatten().collect()
        }
        None => below_home(".config").map(below("containers/auth.json")).into_iter().collect(),
    };
    let helm_folder = named("HELM_CONFIG_HOME").or_else(|| match xdg("XDG_CONFIG_HOME") {
        None if cfg!(target_os = "macos") => below_home("Library/Preferences/helm"),
        _ => config.map(below("helm")),
    });
    let helm = named("HELM_REGISTRY_CONFIG").or_else(|| helm_folder.map(below("registry/config.json")));

    let file = |(path, named_by)| LoginPlace { place: Place::File(path), text: None, named_by };
    let text = set(AUTH_CONFIG).map(|text| LoginPlace {
        place: Place::Variable(AUTH_CONFIG),
        text: Some(Secret::new(text.to_string_lossy().into_owned())),
        named_by: None,
    });
    let (podman, docker) = (podman.into_iter().map(file), docker.into_iter().map(file));
    let mut places: Vec<LoginPlace> = if docker_first {
        text.into_iter().chain(docker).chain(podman).collect()
    } else if is_podman_named {
        podman.chain(text).chain(docker).collect()
    } else {
        text.into_iter().chain(podman).chain(docker).collect()
    };
    places.extend(helm.map(file));
    let mut seen = HashSet::new();
    places.retain(|place| seen.insert(place.place.clone()));
    places
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{AUTH_CONFIG, places};

    fn found(variables: &[(&str, &str)]) -> Vec<String> {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value))
        };
        let places = places(&variable, Some(Path::new("/home/me")));
        places.iter().map(|place| place.place.to_string()).collect()
    }

    #[test]
    fn files_count_in_the_order_of_the_tools_and_are_named_once() {
        let docker = "/home/me/.docker/config.json";
        let helm = "/home/me/.config/helm/registry/config.json";
        let podman = "/home/me/.config/containers/auth.json";
        let runtime = ("XDG_RUNTIME_DIR", "/r");
        let run = "/r/containers/auth.json";
        for (variables, files) in [
            (&[runtime][..], &[run, podman, docker, helm][..]),
            (&[("REGISTRY_AUTH_FILE", "/a")], &["/a", docker, helm]),
            (&[runtime, ("DOCKER_CONFIG", "/d")], &["/d/config.json", run, podman, helm]),
            (
                &[("REGISTRY_AUTH_FILE", "/a"), ("DOCKER_CONFIG", "/d"), ("HELM_REGISTRY_CONFIG", "/h")],
                &["/a", "/d/config.json", "/h"],
            ),
            (
                &[runtime, ("XDG_CONFIG_HOME", "/c")],
                &[run, "/c/containers/auth.json", docker, "/c/helm/registry/config.json"],
            ),
            (
                &[runtime, ("XDG_CONFIG_HOME", "/c"), ("HELM_CONFIG_HOME", "/hc")],
                &[run, "/c/containers/auth.json", docker, "/hc/registry/config.json"],
            ),
            (&[("REGISTRY_AUTH_FILE", docker), ("HELM_REGISTRY_CONFIG", docker)], &[docker]),
            (&[runtime, (AUTH_CONFIG, "{}")], &[AUTH_CONFIG, run, podman, docker, helm]),
            (
                &[runtime, (AUTH_CONFIG, "{}"), ("DOCKER_CONFIG", "/d")],
                &[AUTH_CONFIG, "/d/config.json", run, podman, helm],
            ),
            (&[("REGISTRY_AUTH_FILE", "/a"), (AUTH_CONFIG, "{}")], &["/a", AUTH_CONFIG, docker, helm]),
            (&[runtime, (AUTH_CONFIG, "")], &[run, podman, docker, helm]),
        ] {
            assert_eq!(found(variables), files, "{variables:?}");
        }
    }

    #[test]
    fn a_variable_that_is_empty_or_relative_is_no_place() {
        let variables = [("XDG_RUNTIME_DIR", "r"), ("XDG_CONFIG_HOME", ""), ("REGISTRY_AUTH_FILE", "")];
        let files = found(&variables);
        assert!(files[0].starts_with("/run/containers/"), "{files:?}");
        assert_eq!(files[1], "/home/me/.config/containers/auth.json");
        assert_eq!(files.len(), 4);
    }
}
