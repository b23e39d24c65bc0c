use std::{
    cell::Cell,
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, symlink},
        net::UnixListener,
    },
    process::Command,
    thread,
    time::{Duration, Instant},
};

use zeroize::Zeroizing;

use super::{
    Holds, Mode, Patience, create_new, create_parents, ensure_free, ensure_writable, exposure,
    private::name_exclusively, put_own, read, read::too_large, read_own, rewrite, update,
};
use crate::error::ErrorKind;

fn patience() -> Patience<'static> {
    Patience::new(Instant::now() + Duration::from_secs(300), |_| {})
}

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn what_is_too_large_is_said_in_the_unit_of_its_limit() {
    for (limit, said) in [(64 << 10, "64 KiB"), (1 << 20, "1 MiB"), (8 << 20, "8 MiB")] {
        assert_eq!(too_large(limit).causes(), [format!("it is larger than {said}")]);
    }
}

#[test]
fn a_new_file_has_its_mode_and_its_bytes() {
    let dir = tempfile::tempdir().unwrap();
    for (name, wanted, bits) in [("private", Mode::Private, 0o600), ("public", Mode::Public, 0o644)] {
        let path = dir.path().join(name);
        create_new(&path, b"bytes", wanted).unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"bytes".to_vec(), bits));
    }
}

#[test]
fn h51_h52_h54_whatever_exists_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("file"), "old").unwrap();
    fs::create_dir(at("folder")).unwrap();
    symlink(at("file"), at("live")).unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    for name in ["file", "folder", "live", "dangling", "pipe"] {
        for result in [create_new(&at(name), b"new", Mode::Private).map(|_| ()), ensure_free(&at(name))] {
            assert_eq!(result.unwrap_err().kind(), ErrorKind::Usage, "{name}");
        }
    }
    assert_eq!(fs::read(at("file")).unwrap(), b"old");
    assert!(!at("nowhere").exists());
    assert!(create_new(std::path::Path::new("/dev/full"), b"x", Mode::Private).is_err());
}

#[test]
fn what_is_in_the_way_is_called_by_its_kind() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("file"), "").unwrap();
    fs::create_dir(at("folder")).unwrap();
    symlink("nowhere", at("link")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let _listener = UnixListener::bind(at("socket")).unwrap();
    for (name, what) in [
        ("file", "a file"),
        ("folder", "a folder"),
        ("link", "a symbolic link"),
        ("pipe", "a pipe"),
        ("socket", "a socket"),
        ("/dev/null", "a device"),
    ] {
        let error = ensure_free(&at(name)).unwrap_err();
        assert_eq!(error.causes(), [format!("{what} is there, and nothing is ever overwritten")]);
    }
}

#[test]
fn undo_takes_back_only_what_was_created() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    create_new(&path, b"x", Mode::Private).unwrap().undo().unwrap();
    assert!(!path.exists());
    let created = create_new(&path, b"x", Mode::Private).unwrap();
    fs::rename(&path, dir.path().join("elsewhere")).unwrap();
    fs::write(&path, "another's").unwrap();
    assert!(created.undo().is_err());
    assert_eq!(fs::read(&path).unwrap(), b"another's");
}

#[test]
fn h53_a_swapped_folder_does_not_lead_astray() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::create_dir(at("other")).unwrap();
    let created = create_new(&at("real/key"), b"x", Mode::Private).unwrap();
    fs::rename(at("real"), at("moved")).unwrap();
    symlink(at("other"), at("real")).unwrap();
    fs::write(at("other/key"), "another's").unwrap();
    created.undo().unwrap();
    assert!(!at("moved/key").exists() && at("other/key").exists());
}

#[test]
fn reading_is_bounded_and_does_not_hang() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    assert!(read(&at("missing"), 10).unwrap().is_none());
    fs::write(at("ten"), "0123456789").unwrap();
    assert_eq!(read(&at("ten"), 10).unwrap().unwrap().as_slice(), b"0123456789");
    assert!(read(&at("ten"), 9).is_err());
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    assert!(read(&at("pipe"), 10).is_err());
    // It says that it is empty.
    let grown = read("/proc/version".as_ref(), 1 << 20).unwrap_err();
    assert_eq!(grown.causes(), ["it grew while it was read; try again"]);
    assert!(read(dir.path(), 10).is_err());
}

#[test]
fn h62_an_exposed_file_is_told_of_and_closed_by_the_next_write() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("login.toml");
    assert_eq!(exposure(&path, Holds::Secret), [""; 0]);
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(exposure(&path, Holds::Secret)[0].contains("chmod 600"));
    update(&path, 100, &patience(), |_| Ok(Some(Zeroizing::new(b"new".to_vec())))).unwrap();
    assert_eq!((mode(&path), exposure(&path, Holds::Secret)), (0o600, Vec::new()));
}

#[test]
fn h61_every_one_of_50_writers_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    thread::scope(|scope| {
        for number in 0..50 {
            let path = &path;
            scope.spawn(move || {
                update(path, 10_000, &patience(), |old| {
                    let mut new = old.unwrap_or_default().to_vec();
                    new.extend_from_slice(format!("{number}\n").as_bytes());
                    Ok(Some(Zeroizing::new(new)))
                })
                .unwrap();
            });
        }
    });
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 50);
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the file and its lock: {left:?}");
}

#[test]
fn h63_of_a_symlink_the_target_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("target"), "old").unwrap();
    symlink(at("target"), at("link")).unwrap();
    update(&at("link"), 100, &patience(), |_| Ok(Some(Zeroizing::new(b"new".to_vec())))).unwrap();
    assert_eq!(fs::read(at("target")).unwrap(), b"new");
    assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, "old").unwrap();
    assert!(update(&path, 100, &patience(), |_| Err(crate::error::Error::failure("no"))).is_err());
    update(&path, 100, &patience(), |_| Ok(None)).unwrap();
    assert!(
        update(&path, 1, &patience(), |_| Ok(Some(Zeroizing::new(vec![])))).is_err(),
        "h64: too large, hence kept"
    );
    assert_eq!(fs::read(&path).unwrap(), b"old");
}

#[test]
fn missing_folders_are_made_for_the_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a/b/file");
    create_parents(&path).unwrap();
    assert_eq!((mode(&dir.path().join("a")), mode(&dir.path().join("a/b"))), (0o700, 0o700));
    create_parents(&path).unwrap();
}
#[test]
fn undo_is_not_deceived_by_a_reused_inode() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    for round in 0..20 {
        let created = create_new(&path, b"x", Mode::Private).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, "another's").unwrap();
        assert!(created.undo().is_err(), "round {round}");
        assert_eq!(fs::read(&path).unwrap(), b"another's");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn h63_of_a_symlink_whose_target_is_missing_the_target_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("real")).unwrap();
    symlink("real/file", at("second")).unwrap();
    symlink("second", at("first")).unwrap();
    let write = |path: &std::path::Path| {
        update(path, 100, &patience(), |_| Ok(Some(Zeroizing::new(b"new".to_vec()))))
    };
    write(&at("first")).unwrap();
    assert_eq!(fs::read(at("real/file")).unwrap(), b"new");
    assert!(fs::symlink_metadata(at("first")).unwrap().is_symlink());
    symlink("loop", at("loop")).unwrap();
    assert!(write(&at("loop")).is_err());
    symlink("no-folder/file", at("astray")).unwrap();
    assert!(write(&at("astray")).is_err());
    assert!(fs::symlink_metadata(at("astray")).unwrap().is_symlink());
}

#[test]
fn h53_a_folder_swapped_during_a_change_does_not_lead_astray() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::create_dir(at("other")).unwrap();
    fs::write(at("other/file"), "another's").unwrap();
    update(&at("real/file"), 100, &patience(), |_| {
        fs::rename(at("real"), at("moved")).unwrap();
        symlink(at("other"), at("real")).unwrap();
        Ok(Some(Zeroizing::new(b"new".to_vec())))
    })
    .unwrap();
    assert_eq!(fs::read(at("moved/file")).unwrap(), b"new");
    assert_eq!(fs::read(at("other/file")).unwrap(), b"another's");
}

#[test]
fn folders_are_made_through_dots_and_not_through_files() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    create_parents(&at("a/../b/./c/file")).unwrap();
    assert!(at("a").is_dir() && at("b/c").is_dir());
    create_parents(std::path::Path::new("file")).unwrap();
    fs::write(at("plain"), "").unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    for blocked in ["plain/file", "plain/x/file", "dangling/file"] {
        assert!(create_parents(&at(blocked)).is_err(), "{blocked}");
    }
    assert!(!at("nowhere").exists());
}

#[test]
fn small_and_empty_files_are_read_whole() {
    let dir = tempfile::tempdir().unwrap();
    for size in [0, 1, 31, 32, 33, 5000] {
        let path = dir.path().join(size.to_string());
        fs::write(&path, vec![b'x'; size]).unwrap();
        assert_eq!(read(&path, size).unwrap().unwrap().len(), size);
    }
}

#[test]
fn what_was_written_meanwhile_is_kept_and_nothing_is_left_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile");
    for before in [None, Some("mine\n")] {
        if let Some(text) = before {
            fs::write(&path, text).unwrap();
        }
        let error = rewrite(&path, 1 << 20, |now| {
            assert_eq!(now, before.map(str::as_bytes));
            fs::write(&path, "another's\n").unwrap();
            Ok(Some(b"ours\n".to_vec()))
        });
        assert!(error.unwrap_err().hints()[0].to_string().contains("again"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "another's\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_rewritten_file_keeps_its_mode_and_a_new_one_can_be_read_by_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
    rewrite(&path, 1 << 20, |_| Ok(Some(b"a".to_vec()))).unwrap();
    assert_eq!(mode(), 0o644);
    for bits in [0o600, 0o640, 0o755] {
        fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
        rewrite(&path, 1 << 20, |_| Ok(Some(b"b".to_vec()))).unwrap();
        assert_eq!(mode(), bits);
    }
    rewrite(&path, 1 << 20, |_| Ok(None)).unwrap();
    assert!(rewrite(&path, 0, |_| Ok(Some(Vec::new()))).is_err(), "it is larger than that");
    assert_eq!(fs::read(&path).unwrap(), b"b");
}

#[test]
fn what_is_put_takes_the_place_of_a_symlink_and_not_of_its_target() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("own"), folder.path().join("other"));
    fs::write(&other, "other").unwrap();
    fs::set_permissions(&other, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(read_own(&other, 100).as_deref(), Some(&b"other"[..]));
    symlink(&other, &path).unwrap();
    assert_eq!(read_own(&path, 100), None);
    put_own(&path, b"own").unwrap();
    assert_eq!(read_own(&path, 100).as_deref(), Some(&b"own"[..]));
    assert_eq!(read_own(&path, 2), None);
    assert_eq!(fs::read(&other).unwrap(), b"other");
}

#[test]
fn a_name_that_was_taken_meanwhile_is_left_to_who_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let (new, taken) = (dir.path().join("new"), dir.path().join("taken"));
    fs::write(&new, "new").unwrap();
    fs::write(&taken, "old").unwrap();
    let folder = fs::File::open(dir.path()).unwrap().into();
    let outcome = name_exclusively(&folder, "new".as_ref(), "taken".as_ref());
    assert_eq!(outcome.unwrap_err().errno, rustix::io::Errno::EXIST);
    assert_eq!((fs::read(&taken).unwrap(), new.exists()), (b"old".to_vec(), true));
}

#[test]
fn a_pipe_in_place_of_a_note_is_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").args(["-m", "600"]).arg(&pipe).status().unwrap().success());
    assert_eq!(read_own(&pipe, 100), None);
}

#[test]
fn what_is_no_folder_is_not_opened_as_one() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("plain"), "").unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    for name in ["plain/file", "pipe/file"] {
        let error = update(&at(name), 100, &patience(), |_| Ok(None)).unwrap_err();
        assert_eq!(error.causes(), ["its folder: Not a directory (os error 20)"], "{name}");
    }
}

#[test]
fn a_lock_is_not_made_where_a_symlink_leads() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    symlink("elsewhere", at(".file.lock")).unwrap();
    assert!(update(&at("file"), 100, &patience(), |_| Ok(Some(Zeroizing::new(vec![])))).is_err());
    assert!(!at("elsewhere").exists() && !at("file").exists());
}

#[test]
fn nothing_is_said_of_a_short_wait_for_another_writer() {
    let dir = tempfile::tempdir().unwrap();
    let lock = fs::File::create(dir.path().join(".file.lock")).unwrap();
    lock.lock().unwrap();
    let told = Cell::new(0);
    let short = Patience::new(Instant::now() + Duration::from_millis(50), |_| told.set(told.get() + 1));
    let error = update(&dir.path().join("file"), 100, &short, |_| Ok(None)).unwrap_err();
    assert_eq!((error.kind(), told.get()), (ErrorKind::TimedOut, 0));
}

#[test]
fn what_cannot_be_begun_is_told_before_it_is_needed_and_as_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    // It fits, with `.lock` behind it too; the name that it has until it is whole does not.
    let path = dir.path().join("x".repeat(240));
    fs::write(&path, "old").unwrap();
    for (outcome, hint) in [
        (ensure_writable(&path, &patience()), "nothing was changed"),
        (rewrite(&path, 100, |_| Ok(Some(b"new".to_vec()))), "the file is as it was before"),
    ] {
        let error = outcome.unwrap_err();
        assert_eq!(error.causes(), ["File name too long (os error 36)"]);
        assert_eq!(error.hints()[0].to_string(), hint);
    }
    ensure_writable(&dir.path().join("x".repeat(230)), &patience()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "the file and two locks");
}
