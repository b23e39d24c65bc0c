//! Where container tools keep their logins at registries, and where their helpers are.

use std::{
    collections::HashSet,
    env,
    path::{Path, PathBuf},
};

use rustix::process::getuid;

use crate::files::home;

/// Where the tools for containers keep their logins, from the environment.
#[derive(Clone, Debug)]
pub struct ContainerTools {
    /// The login files in the order of precedence. They need not exist.
    pub files: Vec<PathBuf>,
    /// The folders of `PATH` in which a helper may be: the absolute ones.
    pub programs: Vec<PathBuf>,
}

impl ContainerTools {
    pub fn of_process() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        Self {
            files: files(&|name| env::var_os(name).map(PathBuf::from), home().as_deref()),
            programs: env::split_paths(&path).filter(|folder| folder.is_absolute()).collect(),
        }
    }
}

/// Returns the files in the order of precedence: those of podman and skopeo, of docker and oras, of
/// helm (containers-auth.json(5), docker's `config` package, `helm env`).
///
/// `REGISTRY_AUTH_FILE` stands for all files of podman and skopeo. Where it is not set and
/// `DOCKER_CONFIG` is, they read docker's file in the place of theirs: it comes first.
fn files(variable: &dyn Fn(&str) -> Option<PathBuf>, home: Option<&Path>) -> Vec<PathBuf> {
    let set = |name: &str| variable(name).filter(|path| !path.as_os_str().is_empty());
    // A variable of one tool is a path as any other; one of XDG is absolute or as if unset.
    let named = |name: &str| set(name).and_then(|path| std::path::absolute(path).ok());
    let xdg = |name: &str| set(name).filter(|path| path.is_absolute());
    let below_home = |path: &str| home.map(|home| home.join(path));
    let config = xdg("XDG_CONFIG_HOME").or_else(|| below_home(".config"));

    let docker_named = named("DOCKER_CONFIG");
    let docker_first = docker_named.is_some() && set("REGISTRY_AUTH_FILE").is_none();
    let docker = docker_named.or_else(|| below_home(".docker")).map(|folder| folder.join("config.json"));
    let auth = |folder: PathBuf| folder.join("containers/auth.json");
    let podman = match named("REGISTRY_AUTH_FILE") {
        Some(file) => vec![file],
        None if cfg!(target_os = "linux") => {
            let runtime = xdg("XDG_RUNTIME_DIR")
                .map_or_else(|| format!("/run/containers/{}/auth.json", getuid().as_raw()).into(), auth);
            [Some(runtime), config.clone().map(auth)].into_iter().flatten().collect()
        }
        None => below_home(".config").map(auth).into_iter().collect(),
    };
    let helm_folder = named("HELM_CONFIG_HOME").or_else(|| match xdg("XDG_CONFIG_HOME") {
        None if cfg!(target_os = "macos") => below_home("Library/Preferences/helm"),
        _ => config.map(|folder| folder.join("helm")),
    });
    let helm = named("HELM_REGISTRY_CONFIG")
        .or_else(|| helm_folder.map(|folder| folder.join("registry/config.json")));

    let mut files: Vec<PathBuf> = if docker_first {
        docker.into_iter().chain(podman).chain(helm).collect()
    } else {
        podman.into_iter().chain(docker).chain(helm).collect()
    };
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    files
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::path::{Path, PathBuf};

    use super::files;

    fn found(variables: &[(&str, &str)]) -> Vec<String> {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value))
        };
        let files = files(&variable, Some(Path::new("/home/me")));
        files.iter().map(|file| file.display().to_string()).collect()
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
