//! The privileges of Proxmox VE that the platform needs.

use std::collections::BTreeMap;

pub(super) const WHERE_FROM: &str = "Proxmox VE > Datacenter > Permissions > API Tokens > Add; then Permissions > Add > API Token \
                          Permission, with VM.*, Datastore.Allocate, Datastore.AllocateSpace, Sys.Audit, Sys.Modify and \
                          SDN.Use";

/// The newest version whose privileges are known here.
const NEWEST: u32 = 9;

/// Which versions know a privilege.
#[derive(Clone, Copy)]
enum Versions {
    All,
    From(u32),
    Until(u32),
}

use Versions::{All, From, Until};

/// What the platform's documentation asks for, its `VM.*` as the lists of `PVE::AccessControl` have it in Proxmox VE 7, 8
/// and 9. `VM.GuestAgent.Unrestricted` is left out, which runs any command in a guest: it is for Tailscale alone.
const NEEDED: &[(&str, Versions)] = &[
    ("VM.Allocate", All),
    ("VM.Audit", All),
    ("VM.Backup", All),
    ("VM.Clone", All),
    ("VM.Config.CDROM", All),
    ("VM.Config.CPU", All),
    ("VM.Config.Cloudinit", From(7)),
    ("VM.Config.Disk", All),
    ("VM.Config.HWType", All),
    ("VM.Config.Memory", All),
    ("VM.Config.Network", All),
    ("VM.Config.Options", All),
    ("VM.Console", All),
    ("VM.GuestAgent.Audit", From(9)),
    ("VM.GuestAgent.FileRead", From(9)),
    ("VM.GuestAgent.FileSystemMgmt", From(9)),
    ("VM.GuestAgent.FileWrite", From(9)),
    ("VM.Migrate", All),
    ("VM.Monitor", Until(8)),
    ("VM.PowerMgmt", All),
    ("VM.Replicate", From(9)),
    ("VM.Snapshot", All),
    ("VM.Snapshot.Rollback", All),
    ("Datastore.Allocate", All),
    ("Datastore.AllocateSpace", All),
    ("Sys.Audit", All),
    ("Sys.Modify", All),
    ("SDN.Use", From(8)),
];

/// What is asked for of a server of this major version. Of one that cannot be read, or is newer than what is known
/// here, only what all versions know: a privilege that a server does not know cannot be granted there.
pub(super) fn needed(major: Option<u32>) -> Vec<&'static str> {
    let major = major.filter(|major| *major <= NEWEST);
    let is_known = |versions: Versions| match (versions, major) {
        (All, _) => true,
        (_, None) => false,
        (From(first), Some(major)) => major >= first,
        (Until(last), Some(major)) => major <= last,
    };
    NEEDED.iter().filter(|(_, versions)| is_known(*versions)).map(|(name, _)| *name).collect()
}

/// Where a token has a privilege.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Held<'a> {
    Everywhere,
    /// At these paths, whatever is handed down from them.
    At(Vec<&'a str>),
    Nowhere,
}

/// Where the privilege `name` is held, by paths and whether it is handed down from them.
pub(super) fn sorted<'a>(held: &'a BTreeMap<String, BTreeMap<String, bool>>, name: &str) -> Held<'a> {
    if held.get("/").and_then(|root| root.get(name)) == Some(&true) {
        return Held::Everywhere;
    }
    let paths: Vec<&str> =
        held.iter().filter(|(_, all)| all.contains_key(name)).map(|(path, _)| path.as_str()).collect();
    if paths.is_empty() { Held::Nowhere } else { Held::At(paths) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{NEEDED, needed};

    #[test]
    fn no_server_is_asked_for_a_privilege_that_it_does_not_know() {
        let has = |major, name| needed(major).contains(&name);
        assert!(has(Some(8), "VM.Monitor") && !has(Some(9), "VM.Monitor"));
        assert!(has(Some(9), "VM.GuestAgent.Audit") && !has(Some(8), "VM.GuestAgent.Audit"));
        assert!(has(Some(8), "SDN.Use") && !has(Some(7), "SDN.Use"));
        for unknown in [None, Some(10), Some(u32::MAX)] {
            let all: BTreeSet<&str> = needed(unknown).into_iter().collect();
            assert!((6..=9).all(|major| all.is_subset(&needed(Some(major)).into_iter().collect())));
            assert!(all.contains("VM.Allocate") && all.len() > 15);
        }
        assert!(NEEDED.iter().all(|(name, _)| *name != "VM.GuestAgent.Unrestricted"));
    }
}
