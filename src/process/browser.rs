//! The browser of the person at this machine: which program opens an address for them, and how it is started.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use rustix::fs::{Access, access};
use url::Url;

use super::shield::keep_apart;

/// Programs that show pages on the terminal, or only fetch them: they would be started where nobody sees them.
const TEXT_BROWSERS: [&str; 12] = [
    "browsh",
    "carbonyl",
    "cha",
    "curl",
    "edbrowse",
    "elinks",
    "links",
    "links2",
    "lynx",
    "w3m",
    "wget",
    "www-browser",
];

/// A program that opens addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Browser {
    program: PathBuf,
    /// `%s` in one stands for the address; where it is in none, the address is the last argument.
    args: Vec<String>,
}

/// What there is to open an address with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opener {
    Browser(Browser),
    /// The variable BROWSER names a program that needs a terminal, which it would not get.
    TextOnly(String),
    /// Nobody at this machine would see a page.
    None,
}

/// What decides which program it is.
struct Place<'p> {
    variable: &'p dyn Fn(&str) -> Option<String>,
    find: &'p dyn Fn(&str) -> Option<PathBuf>,
    is_mac: bool,
    is_wsl: bool,
}

impl Opener {
    /// What this process's environment says.
    pub(crate) fn of_process() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let kernel = || fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let is_wsl = cfg!(target_os = "linux")
            && (variable("WSL_DISTRO_NAME").is_some() || kernel().to_ascii_lowercase().contains("microsoft"));
        Self::at(&Place { variable: &variable, find: &find, is_mac: cfg!(target_os = "macos"), is_wsl })
    }

    fn at(place: &Place<'_>) -> Self {
        let is_set = |name: &str| (place.variable)(name).is_some();
        if let Some(named) = (place.variable)("BROWSER") {
            return Self::named(&named, place);
        }
        // The person sits at another machine.
        if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
            return Self::None;
        }
        let known = |program: &str, args: &[&str]| {
            let args = args.iter().map(|arg| (*arg).to_owned()).collect();
            (place.find)(program).map(|program| Self::Browser(Browser { program, args }))
        };
        if place.is_mac {
            return known("open", &[]).unwrap_or(Self::None);
        }
        // Not by explorer.exe or cmd.exe: they lose or split addresses with `?` and `&`.
        if place.is_wsl
            && let Some(found) = known("rundll32.exe", &["url.dll,FileProtocolHandler"])
        {
            return found;
        }
        if is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
            return known("xdg-open", &[]).unwrap_or(Self::None);
        }
        Self::None
    }

    /// The first program of `named`, the value of BROWSER, that there is: colons stand between several, blanks
    /// between a program and its arguments. No shell reads it.
    fn named(named: &str, place: &Place<'_>) -> Self {
        let mut text_only = None;
        for line in named.split(':') {
            let mut words = line.split_ascii_whitespace();
            let Some(word) = words.next() else { continue };
            let name = Path::new(word).file_name().unwrap_or_default().to_string_lossy().into_owned();
            if TEXT_BROWSERS.contains(&name.as_str()) {
                text_only.get_or_insert(name);
            } else if let Some(program) = (place.find)(word) {
                return Self::Browser(Browser { program, args: words.map(str::to_owned).collect() });
            }
        }
        text_only.map_or(Self::None, Self::TextOnly)
    }
}

impl Browser {
    /// Starts the program with `url`, which has to be one of the web, in one of its arguments. What comes of it
    /// is not known here: openers end well where nothing opened.
    ///
    /// The program gets none of our tokens, neither our terminal nor our streams, and a session of its own
    /// where the system has `setsid`, else a process group: it lives on when this one is interrupted or ends.
    pub(crate) fn open(&self, url: &Url) {
        if !matches!(url.scheme(), "http" | "https") {
            return;
        }
        let mut command = match find("setsid") {
            Some(setsid) => {
                let mut command = Command::new(setsid);
                command.arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        keep_apart(&mut command);
        // A leader of a group cannot have a new session: setsid starts the program as a child, and ends.
        command.args(self.args_for(url)).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Ok(mut child) = command.spawn() {
            let _detached = thread::spawn(move || child.wait());
        }
    }

    fn args_for(&self, url: &Url) -> Vec<String> {
        let mut args: Vec<String> = self.args.iter().map(|arg| arg.replace("%s", url.as_str())).collect();
        if args == self.args {
            args.push(url.as_str().to_owned());
        }
        args
    }
}

/// The program `name`, which may be a path; in the absolute folders of PATH otherwise.
fn find(name: &str) -> Option<PathBuf> {
    let is_program = |path: &PathBuf| path.is_file() && access(path, Access::EXEC_OK).is_ok();
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|path| path.is_absolute() && is_program(path));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(is_program)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use url::Url;

    use super::{Browser, Opener, Place};

    const URL: &str = "https://h/?a=b&c=%20";

    /// What is chosen where `variables` are set and every program is there but `missing`.
    fn chosen(variables: &[(&str, &str)], missing: &str, is_mac: bool, is_wsl: bool) -> String {
        let variable = |wanted: &str| {
            variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
        };
        let find = |name: &str| (name != missing).then(|| PathBuf::from("/bin").join(name));
        match Opener::at(&Place { variable: &variable, find: &find, is_mac, is_wsl }) {
            Opener::Browser(browser) => {
                let url = Url::parse(URL).unwrap();
                let words = [vec![browser.program.display().to_string()], browser.args_for(&url)].concat();
                words.join("|")
            }
            Opener::TextOnly(name) => format!("text: {name}"),
            Opener::None => "none".to_owned(),
        }
    }

    #[test]
    fn a_browser_is_opened_where_a_person_would_see_it() {
        let display = [("DISPLAY", ":0")];
        let ssh = [("DISPLAY", ":10"), ("SSH_CONNECTION", "1 2 3 4")];
        let opened = |line: &str| format!("/bin/{line}|{URL}");
        assert_eq!(chosen(&[], "", false, false), "none");
        assert_eq!(chosen(&display, "", false, false), opened("xdg-open"));
        assert_eq!(chosen(&[("WAYLAND_DISPLAY", "wayland-0")], "", false, false), opened("xdg-open"));
        assert_eq!(chosen(&display, "xdg-open", false, false), "none");
        assert_eq!(chosen(&ssh, "", false, false), "none");
        assert_eq!(chosen(&[("SSH_TTY", "/dev/pts/0")], "", true, false), "none");
        assert_eq!(chosen(&[], "", true, false), opened("open"));
        assert_eq!(chosen(&[], "", false, true), opened("rundll32.exe|url.dll,FileProtocolHandler"));
        // A container on such a machine.
        assert_eq!(chosen(&[], "rundll32.exe", false, true), "none");
        assert_eq!(chosen(&display, "rundll32.exe", false, true), opened("xdg-open"));
    }

    #[test]
    fn what_browser_names_is_split_at_blanks_and_goes_before_all_else() {
        let named = |value: &str| {
            let variables = [("BROWSER", value), ("SSH_CONNECTION", "1 2 3 4")];
            chosen(&variables, "absent", false, true)
        };
        assert_eq!(named("firefox"), format!("/bin/firefox|{URL}"));
        assert_eq!(named("a  --new '$(id)'"), format!("/bin/a|--new|'$(id)'|{URL}"));
        assert_eq!(named("a --app=%s -x"), format!("/bin/a|--app={URL}|-x"));
        assert_eq!(named("absent"), "none");
        assert_eq!(named("absent:w3m:firefox:x"), format!("/bin/firefox|{URL}"));
        assert_eq!(named(" : "), "none");
        for text in super::TEXT_BROWSERS {
            assert_eq!(named(&format!("/usr/bin/{text} -x")), format!("text: {text}"));
        }
    }

    #[test]
    fn nothing_but_a_page_of_the_web_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let touched = folder.path().join("touched");
        let program = super::find("touch").expect("coreutils");
        let browser = Browser { program, args: vec![touched.display().to_string()] };
        for url in ["file:///etc/passwd", "ankra://x", "javascript:x"] {
            browser.open(&Url::parse(url).unwrap());
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(!touched.exists());
    }
}
