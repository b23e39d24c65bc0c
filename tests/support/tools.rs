//! What the providers' own tools have on a machine.

use super::{Env, unique, write_private};

/// A tool's file, and the flag that takes what is in it.
pub struct ToolFile {
    pub provider: &'static str,
    /// The flag with the only name that the file has, and what else the provider needs.
    pub flags: &'static str,
    /// Below HOME.
    pub path: &'static str,
    pub text: String,
}

/// The files of all tools, each with one context, whose secrets begin with `mark`.
pub fn tool_files(mark: &str) -> [ToolFile; 4] {
    let secret = |length: usize| unique(mark, length);
    let row = |provider, flags, path, text| ToolFile { provider, flags, path, text };
    let (key, application, consumer) = (secret(16), secret(32), secret(32));
    let ovh =
        format!("application_key = {key}\napplication_secret = {application}\nconsumer_key = {consumer}\n");
    [
        row(
            "hetzner",
            "--from-hcloud dev",
            ".config/hcloud/cli.toml",
            format!("active_context = \"dev\"\n[[contexts]]\nname = \"dev\"\ntoken = \"{}\"\n", secret(64)),
        ),
        row(
            "ovh",
            "--from-ovh-conf ovh-eu",
            ".ovh.conf",
            format!("[default]\nendpoint = ovh-eu\n[ovh-eu]\n{ovh}[ovh-cli]\ndefault_cloud_project = 0\n"),
        ),
        row(
            "digitalocean",
            "--from-doctl default",
            ".config/doctl/config.yaml",
            format!("access-token: dop_v1_{}\ncontext: default\n", secret(64)),
        ),
        row("upcloud", "--from-upctl", ".config/upctl.yaml", format!("token: ucat_{}\n", secret(26))),
    ]
}

/// Puts the files of all tools into a home.
pub fn write_tool_files(env: &Env) {
    for tool in tool_files("tool") {
        write_private(&env.home().join(tool.path), tool.text);
    }
}
