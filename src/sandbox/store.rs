//! The state on disk: one folder, one database, one request at a time.
//!
//! Each request takes the folder's lock file, opens the database, commits and closes it again (below a
//! millisecond together). Whoever holds the lock file is the only one who touches the rest of the folder,
//! so the database needs no lock of its own.

use std::{
    borrow::Borrow,
    fs::{self, File, OpenOptions, Permissions, TryLockError},
    io::{self, ErrorKind as Io},
    net::SocketAddr,
    os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use redb::{
    Builder, Database, DatabaseError, Key, ReadableDatabase, StorageBackend, StorageError, TableDefinition,
    WriteTransaction,
};
use rustix::io::Errno;
use tokio::{
    sync::oneshot,
    time::{timeout, timeout_at},
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    broken::{broken, not_saved},
    ids,
    model::{CHECK, FORMAT, META, ORGANISATIONS, Organisation, SEALED, TOKENS, Token, USERS, User},
    seed,
    vault::Vault,
};
use crate::{
    error::{Error, Result},
    files::{self, Holds, Mode, Patience, QUIET},
    secret::Secret,
};

const DATABASE: &str = "state.redb";
const UNFINISHED: &str = "state.redb.new";
const KEY: &str = "key";
const ADDRESS: &str = "address";

/// How long a request waits for others: longer than the longest of them takes, and shorter than a client
/// waits for its answer.
const PATIENCE: Duration = Duration::from_secs(25);

/// The largest database whose pages are all checked by the first open of a process (some
/// 5 ms). Without the check, damage within the file is found late or ends in a panic.
const CHECKED: u64 = 16 << 20;

/// A platform whose state lives in one folder.
#[derive(Clone, Debug)]
pub struct Sandbox {
    dir: PathBuf,
    /// Whether the database was checked since the program began.
    checked: Arc<AtomicBool>,
}

/// The state, open; nobody else can open it until this is dropped.
pub(super) struct Opened {
    // Fields are dropped in this order: the lock goes last.
    database: Database,
    pub(super) vault: Vault,
    _lock: File,
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::failure(format!("the sandbox cannot {what} {}", path.display())).cause(error)
}

impl Sandbox {
    /// A sandbox whose state is in `dir`. Nothing is created before it is needed.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, checked: Arc::default() }
    }

    /// Says how others can get at what decides who may do what here, and at what is printed for other clients.
    pub fn exposure(&self) -> Vec<String> {
        let files = [(KEY, Holds::Secret), (DATABASE, Holds::Secret), (ADDRESS, Holds::Settings)];
        let mut found: Vec<String> =
            files.into_iter().flat_map(|(name, holds)| files::exposure(&self.path(name), holds)).collect();
        // All are in one folder.
        found.sort();
        found.dedup();
        found
    }

    /// Does `work`, which waits for others that use this state, as long as `patience` allows.
    pub async fn waited_for<T>(
        &self,
        patience: &Patience<'_>,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let mut work = pin!(work);
        let end = patience.end().into();
        if let Ok(result) = timeout_at(end, timeout(QUIET, &mut work)).await.map_err(|_| self.in_use())? {
            return result;
        }
        patience.tell("waiting for another ankra, which uses the sandbox");
        timeout_at(end, work).await.unwrap_or_else(|_| Err(self.in_use()))
    }

    async fn in_time<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(self.in_use()))
    }

    fn in_use(&self) -> Error {
        files::in_use(&self.dir, &self.path("lock"))
            .with_message("the sandbox's state is in use by another process")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Opens the state when it is this request's turn, making it if there is none.
    pub(super) async fn open(&self) -> Result<Opened> {
        self.in_time(self.open_in_turn()).await
    }

    async fn open_in_turn(&self) -> Result<Opened> {
        let lock = self.lock().await?;
        let path = self.path(DATABASE);
        if !path.try_exists().map_err(|e| failed("read", &path, &e))? {
            self.make()?;
        }
        let Some(vault) = Vault::open(&self.path(KEY))? else {
            return Err(broken("its key file is missing"));
        };
        let opened = Opened { database: self.open_database(&path)?, vault, _lock: lock };
        opened.check()?;
        self.checked.store(true, Ordering::Relaxed);
        Ok(opened)
    }

    fn open_database(&self, path: &Path) -> Result<Database> {
        let unusable = |e: io::Error| failed("open", path, &e);
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(unusable)?;
        let size = file.metadata().map_err(unusable)?.len();
        if size == 0 {
            return Err(broken("it is empty"));
        }
        let mut builder = builder();
        if !self.checked.load(Ordering::Relaxed) {
            builder.set_check_integrity_on_open(size <= CHECKED);
        }
        builder.create_with_backend(Unsynced(file)).map_err(|e| match e {
            DatabaseError::Storage(StorageError::Io(e))
                if !matches!(e.kind(), Io::InvalidData | Io::UnexpectedEof) =>
            {
                unusable(e)
            }
            e => broken(e),
        })
    }

    /// The folder's lock; makes the folder. Who waits for it holds `queue` meanwhile, so that nobody who
    /// comes later, as whoever has just released it mostly does, can take it first.
    async fn lock(&self) -> Result<File> {
        let (queue, lock) = (self.lock_file("queue")?, self.lock_file("lock")?);
        let not_locked = |e: io::Error| match e.raw_os_error().map(Errno::from_raw_os_error) {
            Some(Errno::NOLCK | Errno::NOSYS | Errno::OPNOTSUPP) => failed("lock", &self.dir, &e)
                .hint("two at once would damage it: give it a file system with locks, with XDG_DATA_HOME"),
            _ => failed("lock", &self.dir, &e),
        };
        match queue.try_lock().and_then(|()| lock.try_lock()) {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(e)) => return Err(not_locked(e)),
        }
        let (sender, turn) = oneshot::channel();
        // The runtime must neither block, because its other tasks may be what this waits for, nor be kept
        // from ending. If nobody waits any more, the lock is released as soon as it was had.
        let wait = move || queue.lock().and_then(|()| lock.lock()).map(|()| lock);
        thread::Builder::new().spawn(move || drop(sender.send(wait()))).map_err(not_locked)?;
        turn.await.unwrap_or_else(|e| Err(io::Error::other(e))).map_err(not_locked)
    }

    fn lock_file(&self, name: &str) -> Result<File> {
        let path = self.path(name);
        let open =
            || OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let file = match open() {
            Err(e) if e.kind() == Io::NotFound => {
                files::create_parents(&path)?;
                open()
            }
            other => other,
        };
        file.map_err(|e| failed("open", &path, &e))
    }

    /// Makes the state: the key, then the database under another name, whole, then the
    /// rename that counts. Whatever an earlier try left behind is of no use.
    fn make(&self) -> Result<()> {
        fs::set_permissions(&self.dir, Permissions::from_mode(0o700))
            .map_err(|e| failed("protect", &self.dir, &e))?;
        let (path, key) = (self.path(UNFINISHED), self.path(KEY));
        remove(&path)?;
        remove(&key)?;
        let vault = Vault::create(&key)?;
        // Empty as yet, and never open to others.
        files::create_new(&path, b"", Mode::Private)?;
        let file = OpenOptions::new().read(true).write(true).open(&path);
        let file = file.map_err(|e| failed("open", &path, &e))?;
        let made = builder().create_with_backend(Unsynced(file)).map_err(|e| not_saved(&e))?;
        let tx = made.begin_write().map_err(|e| not_saved(&e))?;
        seed::sow(&tx, &vault).map_err(|fault| fault.as_error("the sandbox's state cannot be made"))?;
        tx.commit().map_err(|e| not_saved(&e))?;
        made.close().map_err(|e| not_saved(&e))?;
        fs::rename(&path, self.path(DATABASE)).map_err(|e| failed("create", &self.path(DATABASE), &e))
    }

    /// Removes all state: credentials, tokens, organisations, the audit log and the key.
    ///
    /// Waits for requests of other processes to end; a running server goes on with a
    /// new state, whose tokens are new. It also mends a state that cannot be read.
    pub async fn reset(&self) -> Result<()> {
        if !self.dir.try_exists().map_err(|e| failed("read", &self.dir, &e))? {
            return Ok(());
        }
        let _lock = self.in_time(self.lock()).await?;
        // The lock files stay: removing one would let two hold it. So does the address: a server that is
        // running still has it.
        //
        // Without its key, what may be left of the database tells nothing.
        remove(&self.path(KEY))?;
        remove(&self.path(DATABASE))?;
        remove(&self.path(UNFINISHED))
    }

    /// Keeps where its server listens: to be done before anyone is told of it.
    pub fn keep_address(&self, address: SocketAddr) -> Result<()> {
        let patience = Patience::new(Instant::now() + PATIENCE, |_| {});
        files::update(&self.path(ADDRESS), 4096, &patience, |_| {
            Ok(Some(Zeroizing::new(format!("{address}\n").into_bytes())))
        })
    }

    /// The address that [`Self::keep_address`] kept last, whether or not it is still served.
    pub fn last_address(&self) -> Option<SocketAddr> {
        let text = files::read(&self.path(ADDRESS), 4096).ok()??;
        str::from_utf8(&text).ok()?.trim_end().parse().ok()
    }
}

impl Opened {
    /// A transaction; dropped without a commit it changes nothing.
    pub(super) fn begin(&self) -> Result<WriteTransaction> {
        self.database.begin_write().map_err(|e| not_saved(&e))
    }

    /// The bytes at `key`, as the state was when it was opened.
    fn read<'k, K: Key + 'static>(
        &self,
        table: TableDefinition<'_, K, &'static [u8]>,
        key: impl Borrow<K::SelfType<'k>>,
    ) -> Result<Option<Vec<u8>>> {
        let read = || {
            let table = self.database.begin_read()?.open_table(table)?;
            Ok::<_, redb::Error>(table.get(key)?.map(|bytes| bytes.value().to_vec()))
        };
        read().map_err(broken)
    }

    /// Refuses a state of another format or sealed with another key.
    fn check(&self) -> Result<()> {
        if self.read(META, "format")?.is_none_or(|format| format != FORMAT) {
            return Err(broken("another version of this program made it"));
        }
        let sealed = self.read(META, "check")?;
        let plain = sealed.and_then(|sealed| self.vault.open_sealed(CHECK.0, &sealed));
        if plain.is_none_or(|plain| plain.as_slice() != CHECK.1) {
            return Err(broken("its key file holds the key of another state"));
        }
        Ok(())
    }

    /// The text of a ready-made token. Makes another in the place of one that was revoked or deleted.
    pub(super) fn ready_made(&self, name: &str) -> Result<Secret> {
        let is_good = |text: &Secret| {
            let table = self.database.begin_read()?.open_table(TOKENS)?;
            let token = table.get(&ids::sha256(text.expose()))?;
            let token = token.and_then(|token| serde_json::from_str::<Token>(token.value()).ok());
            Ok::<_, redb::Error>(token.is_some_and(|token| token.revoked_at.is_none()))
        };
        if let Some(text) = self.token(name)?
            && is_good(&text).map_err(broken)?
        {
            return Ok(text);
        }
        let tx = self.begin()?;
        let text = seed::renew(&tx, &self.vault, name)
            .map_err(|fault| fault.as_error("the sandbox cannot renew its token"))?;
        tx.commit().map_err(|e| not_saved(&e))?;
        Ok(text)
    }

    fn token(&self, name: &str) -> Result<Option<Secret>> {
        let Some(id) = self.read(META, name)?.and_then(|id| Uuid::from_slice(&id).ok()) else {
            return Ok(None);
        };
        let sealed = self.read(SEALED, id.as_u128())?;
        let text = sealed.and_then(|sealed| self.vault.open_sealed(id, &sealed));
        Ok(text.and_then(|text| str::from_utf8(&text).map(Secret::copied).ok()))
    }

    /// The organisation that requests of `user` go to where none is chosen.
    pub(super) fn current_organisation(&self, user: &str) -> Result<Organisation> {
        let read = || {
            let tx = self.database.begin_read()?;
            let user = tx.open_table(USERS)?.get(user)?.map(|user| user.value().to_owned());
            let Some(user) = user.and_then(|user| serde_json::from_str::<User>(&user).ok()) else {
                return Ok(None);
            };
            let found = tx.open_table(ORGANISATIONS)?.get(user.current.as_u128())?;
            Ok::<_, redb::Error>(found.and_then(|found| serde_json::from_str(found.value()).ok()))
        };
        read().map_err(broken)?.ok_or_else(|| broken("an organisation is missing"))
    }
}

/// The database's file, which nobody waits for to be on the disk: some thirty waits per command, of which
/// each can take seconds on a busy machine. A killed process loses nothing by it; after a power cut the
/// state may be lost, which `ankra sandbox reset` mends.
#[derive(Debug)]
struct Unsynced(File);

impl StorageBackend for Unsynced {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read_exact_at(out, offset)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write_all_at(data, offset)
    }
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    // Each page is read about once: a large cache would only hold memory.
    builder.set_cache_size(32 << 20);
    builder
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != Io::NotFound => Err(failed("remove", path, &e)),
        _ => Ok(()),
    }
}
