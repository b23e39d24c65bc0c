use std::{fs, io::Write, os::unix::net::UnixStream, time::Duration};

use super::{super::Field, LIMIT, SecretSource};
use crate::error::{Error, ErrorKind};

const TOKEN: Field = Field::new("api-token", "API token");

type Outcome = std::result::Result<(), Box<dyn std::error::Error>>;

fn read(source: &str, field: &Field) -> Result<String, Error> {
    source
        .parse::<SecretSource>()?
        .read(field, false, Duration::from_secs(60))
        .map(|passed| passed.value.expose().to_owned())
}

/// The causes of the refusal, which must not repeat the canary.
fn refusal(source: &str, field: &Field) -> String {
    match read(source, field) {
        Ok(_) => format!("{source} is taken"),
        Err(error) => {
            let shown = format!("{error:?}");
            assert!(!shown.contains("CANARY"), "{shown}");
            error.causes().join(", ")
        }
    }
}

fn file_of(bytes: &[u8]) -> std::io::Result<(tempfile::NamedTempFile, String)> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(bytes)?;
    let source = format!("file:{}", file.path().display());
    Ok((file, source))
}

#[test]
fn a_file_is_read_whole() -> Outcome {
    let (_file, source) = file_of(b"hunter2\r\n")?;
    assert_eq!(read(&source, &TOKEN)?, "hunter2");
    let (_file, source) = file_of("x".repeat(LIMIT).as_bytes())?;
    assert_eq!(read(&source, &TOKEN)?.len(), LIMIT);
    Ok(())
}

#[test]
fn a_file_that_cannot_be_a_secret_is_refused() -> Outcome {
    for (bytes, cause) in [
        (b"".to_vec(), "it is empty"),
        (b"\n".to_vec(), "it is empty"),
        (b"CANARY\xff".to_vec(), "line 1 is not UTF-8 text"),
        (b"CANARY\0".to_vec(), "it holds control characters"),
        (b"CANARY\nCANARY\n".to_vec(), "it has more than one line"),
        (b"\xff\xfeC\0A\0".to_vec(), "it is UTF-16 text"),
        (b"\xfe\xff\0C\0A".to_vec(), "it is UTF-16 text"),
        (b"C\0A\0N\0".to_vec(), "it is UTF-16 text"),
        ("x".repeat(LIMIT + 1).into_bytes(), "it is larger than 1 MiB"),
    ] {
        let (_file, source) = file_of(&bytes)?;
        assert_eq!(refusal(&source, &TOKEN), cause);
    }
    assert_eq!(refusal("file:/CANARY", &TOKEN), "there is no such file");
    assert_eq!(refusal("file:~/CANARY", &TOKEN), "there is no such file");
    assert_eq!(refusal(&format!("file:{}", "CANARY".repeat(1000)), &TOKEN), "there is no such file");
    assert_eq!(refusal("file:/dev", &TOKEN), "it is a directory");
    assert_eq!(refusal("file:/dev/zero", &TOKEN), "it is a device, neither a file nor a pipe");
    Ok(())
}

#[test]
fn a_named_pipe_is_read_like_a_file() -> Outcome {
    let folder = tempfile::tempdir()?;
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status()?.success());
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "hunter2\n")
    });
    assert_eq!(read(&format!("file:{}", pipe.display()), &TOKEN)?, "hunter2");
    assert!(writer.join().is_ok_and(|written| written.is_ok()));
    Ok(())
}

#[test]
fn an_inherited_descriptor_is_read() -> Outcome {
    use std::os::fd::AsRawFd;
    let (mut file, _) = file_of(b"hunter2\n")?;
    file.flush()?;
    assert_eq!(read(&format!("fd:{}", file.as_file().as_raw_fd()), &TOKEN)?, "hunter2");
    let (reader, mut writer) = std::io::pipe()?;
    writer.write_all(b"hunter3")?;
    drop(writer);
    assert_eq!(read(&format!("file:/dev/fd/{}", reader.as_raw_fd()), &TOKEN)?, "hunter3");
    assert_eq!(refusal("fd:987654", &TOKEN), "this file descriptor is not open");
    let (socket, _other) = UnixStream::pair()?;
    let refusal = refusal(&format!("fd:{}", socket.as_raw_fd()), &TOKEN);
    assert!(refusal.starts_with("it cannot be opened: "), "{refusal}");
    Ok(())
}

#[test]
fn a_variable_that_is_missing_is_not_named() {
    assert_eq!(refusal("env:CANARY", &TOKEN), "this environment variable is not set, or is empty");
    assert!(read("env:PATH", &TOKEN).is_ok());
}

#[test]
fn a_command_gives_what_it_prints() -> Outcome {
    assert_eq!(read("command:printf 'hunter2\\n'", &TOKEN)?, "hunter2");
    assert_eq!(read("command:cat; echo end", &TOKEN)?, "end", "its standard input is empty");
    Ok(())
}

#[test]
fn a_command_that_fails_is_an_error_without_its_words() {
    assert_eq!(refusal("command:echo CANARY; exit 3", &TOKEN), "the command ended with exit code 3");
    assert_eq!(refusal("command:kill -9 $$", &TOKEN), "the command was ended by signal 9");
    assert_eq!(refusal("command:true", &TOKEN), "it is empty");
    let missing = refusal("command:/CANARY 2>/dev/null", &TOKEN);
    assert_eq!(missing, "the command ended with exit code 127: there is no such program");
    assert_eq!(read("command:false", &TOKEN).map_err(|e| e.kind()), Err(ErrorKind::Failure));
}

#[test]
fn a_command_that_never_stops_printing_is_ended() {
    let id = tempfile::NamedTempFile::new().unwrap();
    let endless = format!("command:echo $$ >{}; exec yes", id.path().display());
    assert_eq!(refusal(&endless, &TOKEN), "it is larger than 1 MiB");
    let id = fs::read_to_string(id.path()).unwrap();
    assert!(!fs::exists(format!("/proc/{}", id.trim())).unwrap());
}

#[test]
fn h70_a_command_gets_no_descriptor_of_ours() -> Outcome {
    use std::os::fd::AsRawFd;
    // Without O_CLOEXEC, like what a careless caller leaves open.
    let folder = rustix::fs::open("/", rustix::fs::OFlags::RDONLY, rustix::fs::Mode::empty())?;
    let source = format!("command:test ! -e /dev/fd/{} && echo closed", folder.as_raw_fd());
    assert_eq!(read(&source, &TOKEN)?, "closed");
    Ok(())
}

#[test]
fn a_prompt_is_not_read_here() {
    assert_eq!(read("prompt", &TOKEN).map_err(|e| e.kind()), Err(ErrorKind::Usage));
}

#[test]
fn h70_a_command_gets_no_token_of_ours() -> Outcome {
    // The environment of this process is shared by all tests: the check runs in one of its own.
    if std::env::var_os("ANKRA_API_TOKEN").is_some() {
        assert_eq!(read("command:env | grep -c -e CANARY -e ANKRA_API_TOKEN; true", &TOKEN)?, "0");
        assert_eq!(read("command:echo $ANKRA_ORG $HCLOUD_TOKEN", &TOKEN)?, "kept kept");
        return Ok(());
    }
    let status = std::process::Command::new(std::env::current_exe()?)
        .args(["secret::read::tests::h70_a_command_gets_no_token_of_ours", "--exact"])
        .envs(["ANKRA_API_TOKEN", "ANKRA_TOKEN", "ANKRA_TOKEN_FILE"].map(|name| (name, "CANARY")))
        .envs(["ANKRA_ORG", "HCLOUD_TOKEN"].map(|name| (name, "kept")))
        .stdout(std::process::Stdio::null())
        .status()?;
    assert!(status.success());
    Ok(())
}
