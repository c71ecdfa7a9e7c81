//! Changes to the files of a project while the preview runs.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::{Duration, Instant};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::folders::Folders;
use crate::ignored::is_left_behind;
use crate::signoffs::is_of_signoffs;

/// The folders whose files make the site, besides those of the content.
const FOLDERS: [&str; 2] = ["templates", "texts"];
/// How long nothing has to happen before a change counts as complete: an editor empties a file before it fills it.
const QUIET: Duration = Duration::from_millis(4);
/// The same after a file was closed, renamed or removed: whoever does that is done with it.
const DONE_QUIET: Duration = Duration::from_millis(1);
/// The longest that a single edit is waited for.
const PATIENCE: Duration = Duration::from_millis(30);
/// From so many files on it is no edit: a checkout is waited for as long as it keeps writing.
const MANY: usize = 40;
/// The same two times for many files.
const MANY_QUIET: Duration = Duration::from_millis(60);
const MANY_PATIENCE: Duration = Duration::from_secs(2);
/// How often the files are looked at where the system does not tell, and whether the project is still the same folder.
const POLL: Duration = Duration::from_secs(1);
/// How long an empty file is waited for: an editor may have opened it, and fill it in a moment.
const EMPTY: Duration = Duration::from_millis(300);
/// How long a file is waited for that was taken away: an editor may put the new one in its place.
const GONE: Duration = Duration::from_millis(100);

/// Changes that belong together.
#[derive(Debug, Default)]
pub struct Batch {
    /// Files that were named, relative to the project, with `/` between folders.
    pub paths: BTreeSet<String>,
    /// More may have changed than what was named.
    pub rescan: bool,
}

impl Batch {
    /// Adds changes that came after these.
    pub fn add(&mut self, more: Self) {
        self.paths.extend(more.paths);
        self.rescan |= more.rescan;
    }
}

/// Follows the files of a project.
pub struct Watch {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    waiting: VecDeque<notify::Result<Event>>,
    watcher: Option<RecommendedWatcher>,
    /// Whether the files are looked at again and again.
    polls: bool,
    /// The project folder as the file system knows it: another one may take its name.
    top: Option<(u64, u64)>,
    /// Files outside the folders of the site that links in these lead to.
    targets: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
    /// Where the content lies.
    content: Folders,
    /// Why the files have to be looked at again and again instead.
    pub trouble: Option<String>,
}

impl Watch {
    /// Begins to listen. `root` is absolute and free of links. Where the system cannot tell, or does not hear of what other
    /// machines change, looks every second, and also where it is asked to.
    pub fn start(root: &Path, poll: bool) -> Self {
        let (sender, events) = channel();
        let mut watch = Self {
            root: root.to_path_buf(),
            events,
            waiting: VecDeque::new(),
            watcher: None,
            polls: poll,
            top: identity(root),
            targets: BTreeSet::new(),
            folders: BTreeSet::new(),
            content: Folders::default(),
            trouble: None,
        };
        if !poll && is_shared(root) {
            watch.polls = true;
            watch.trouble = Some("the project lies on a shared disk, which does not tell of what others change".into());
        }
        match notify::recommended_watcher(sender) {
            Ok(watcher) => watch.watcher = Some(watcher),
            Err(error) => watch.give_up(&error),
        }
        watch.follow(root, false);
        watch.follow_all();
        watch
    }

    /// Listens to the content where it lies from now on.
    pub fn content_lies_in(&mut self, content: &Folders) {
        if self.content != *content {
            self.content = content.clone();
            self.follow_all();
        }
    }

    fn follow_all(&mut self) {
        let statics = self.content.statics().iter().map(|folder| &*folder.path);
        let content: Vec<_> = self.content.names().chain(statics).map(str::to_string).collect();
        for folder in FOLDERS.into_iter().chain(content.iter().map(String::as_str)) {
            self.follow(&self.root.join(folder), true);
        }
        let shown: Vec<_> = self.content.shown().map(|path| self.root.join(path)).collect();
        for path in shown {
            match path.parent().filter(|_| path.is_file()) {
                Some(folder) => self.follow(folder, false),
                None => self.follow(&path, true),
            }
        }
    }

    /// The next changes; none when nothing has happened for so long.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Batch> {
        loop {
            let limit = patience.map_or(POLL, |patience| patience.min(POLL));
            let Some(event) = self.receive(limit) else {
                if self.begin_again() || self.polls && patience.is_none() {
                    return Some(Batch { rescan: true, ..Batch::default() });
                }
                match patience {
                    Some(_) => return None,
                    None => continue,
                }
            };
            let mut batch = Batch::default();
            let done = is_done(&event);
            self.add(event, &mut batch);
            self.gather(&mut batch, done);
            self.wait_for_the_rest(&mut batch);
            if batch.rescan || !batch.paths.is_empty() {
                return Some(batch);
            }
        }
    }

    /// Whether another folder has the name of the project by now. Then that one is followed.
    fn begin_again(&mut self) -> bool {
        let top = identity(&self.root);
        if top.is_none() || top == self.top {
            return false;
        }
        self.top = top;
        let root = self.root.clone();
        self.forget(&root);
        self.follow(&root, false);
        self.follow_all();
        true
    }

    /// Waits a moment for files that were emptied or taken away: many editors do that before they write.
    #[expect(clippy::disallowed_methods, reason = "patience is measured with a clock; nothing is built from it")]
    fn wait_for_the_rest(&mut self, batch: &mut Batch) {
        let start = Instant::now();
        loop {
            let patience = batch.paths.iter().map(|name| match fs::metadata(self.root.join(name)) {
                Ok(found) if found.is_file() && found.len() == 0 => EMPTY,
                Err(_) => GONE,
                _ => Duration::ZERO,
            });
            let left = patience.max().unwrap_or_default().saturating_sub(start.elapsed());
            if left.is_zero() || batch.rescan {
                return;
            }
            if let Some(event) = self.receive(left) {
                self.add(event, batch);
            }
        }
    }

    /// Whether something has happened that was not asked for yet.
    pub fn pending(&mut self) -> bool {
        match self.events.try_recv() {
            Ok(event) => self.waiting.push_back(event),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
        }
        !self.waiting.is_empty()
    }

    /// Adds what follows at once, until it is quiet. `done` says whether the last event is the last one of its file.
    #[expect(clippy::disallowed_methods, reason = "patience is measured with a clock; nothing is built from it")]
    fn gather(&mut self, batch: &mut Batch, mut done: bool) {
        let start = Instant::now();
        loop {
            let many = batch.rescan || batch.paths.len() >= MANY;
            let (quiet, patience) = if many { (MANY_QUIET, MANY_PATIENCE) } else { (QUIET, PATIENCE) };
            let quiet = if done && !many { DONE_QUIET } else { quiet };
            if start.elapsed() >= patience {
                return;
            }
            let Some(event) = self.receive(quiet) else { return };
            done = is_done(&event);
            self.add(event, batch);
        }
    }

    fn receive(&mut self, limit: Duration) -> Option<notify::Result<Event>> {
        if let Some(event) = self.waiting.pop_front() {
            return Some(event);
        }
        match self.events.recv_timeout(limit) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(limit);
                None
            }
        }
    }

    fn add(&mut self, event: notify::Result<Event>, batch: &mut Batch) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) {
                    self.give_up(&error);
                }
                batch.rescan = true;
                return;
            }
        };
        if event.need_rescan() {
            self.follow_all();
            batch.rescan = true;
            return;
        }
        // Reading a file is an event, too: without this our own reading would start the next round.
        if !(event.kind.is_modify() || event.kind.is_create() || event.kind.is_remove()) {
            return;
        }
        for path in event.paths {
            batch.rescan |= self.targets.contains(&path);
            let Some(name) = self.name(&path) else { continue };
            match fs::symlink_metadata(&path) {
                Ok(found) if found.is_symlink() => {
                    self.follow(&path, true);
                    batch.rescan = true;
                }
                Ok(found) if found.is_dir() => {
                    if !event.kind.is_modify() || !self.folders.contains(&path) || is_rename(&event.kind) {
                        self.follow(&path, true);
                        batch.rescan = true;
                    }
                }
                Ok(_) => _ = batch.paths.insert(name),
                Err(_) => {
                    batch.rescan |= self.forget(&path);
                    batch.paths.insert(name);
                }
            }
        }
    }

    /// The name of a file that the site may be made of.
    fn name(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<&str> = below.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
        if parts.iter().any(|part| is_left_behind(part)) {
            return None;
        }
        let name = parts.join("/");
        let ours = || parts.first().is_some_and(|first| FOLDERS.contains(first));
        (name == "site.yaml"
            || is_of_signoffs(&name)
            || ours()
            || self.content.static_url(&name).is_some()
            || self.content.contain(&name)
            || self.content.may_show(&name))
        .then_some(name)
    }

    /// Listens to a folder and, where asked for, to all folders in it. Linux watches folder by folder: done here, so that
    /// a new folder is listened to before it is read, and a link never leads out of the project.
    fn follow(&mut self, folder: &Path, deep: bool) {
        let by_folder = cfg!(target_os = "linux");
        let below = if deep && by_folder { usize::MAX } else { 0 };
        let mode = if deep && !by_folder { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let named = self.content.named().filter_map(|name| self.root.join(name).canonicalize().ok());
        let tops: Vec<PathBuf> = named.chain([self.root.clone()]).collect();
        let inside = |link: &Path| link.canonicalize().is_ok_and(|real| tops.iter().any(|top| real.starts_with(top)));
        let content = self.content.clone();
        let wanted = |path: &Path| {
            let name = path.strip_prefix(&self.root).ok().and_then(Path::to_str).unwrap_or_default();
            let first = name.split('/').next().unwrap_or_default();
            let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            let ours = FOLDERS.contains(&first) || content.static_url(name).is_some();
            name.is_empty() || ours || !hidden && (content.contain(name) || content.may_show(name))
        };
        let all = WalkDir::new(folder).follow_links(true).max_depth(below).into_iter();
        let folders = all.filter_entry(|entry| {
            let link_is_fine = || !entry.path_is_symlink() || inside(entry.path());
            let may_lead_on = entry.file_type().is_dir() || entry.path_is_symlink();
            may_lead_on && wanted(entry.path()) && link_is_fine()
        });
        for entry in folders.filter_map(Result::ok) {
            let Some(watcher) = &mut self.watcher else { return };
            // Of a linked file, the folder is followed in which it lies: editors replace files.
            let folder = if entry.file_type().is_dir() {
                entry.into_path()
            } else {
                let Ok(target) = entry.path().canonicalize() else { continue };
                let Some(folder) = target.parent().map(Path::to_path_buf) else { continue };
                self.targets.insert(target);
                folder
            };
            match watcher.watch(&folder, mode) {
                Ok(()) => _ = self.folders.insert(folder),
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                Err(error) => return self.give_up(&error),
            }
        }
    }

    /// No longer listens to what is gone. Says whether it was a folder.
    fn forget(&mut self, gone: &Path) -> bool {
        let below: Vec<PathBuf> = self.folders.iter().filter(|folder| folder.starts_with(gone)).cloned().collect();
        for folder in &below {
            self.folders.remove(folder);
            if let Some(watcher) = &mut self.watcher {
                // The system has often dropped it already.
                _ = watcher.unwatch(folder);
            }
        }
        !below.is_empty()
    }

    fn give_up(&mut self, error: &notify::Error) {
        self.watcher = None;
        self.polls = true;
        self.trouble = Some(match error.kind {
            notify::ErrorKind::MaxFilesWatch => "the system watches no more folders".to_string(),
            _ => error.to_string().to_lowercase(),
        });
    }
}

/// What the file system knows a folder by.
fn identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).ok().map(|found| (found.dev(), found.ino()))
}

/// Whether files may be changed by others without this system hearing of it: disks of other machines, and folders that a
/// virtual machine or container shares with its host.
#[cfg(target_os = "linux")]
fn is_shared(root: &Path) -> bool {
    // NFS, SMB (three of them), 9P, FUSE, VirtualBox, VMware, Ceph.
    const SHARED: [u32; 9] =
        [0x6969, 0x517b, 0xfe53_4d42, 0xff53_4d42, 0x0102_1997, 0x6573_5546, 0x786f_4256, 0xbacb_acbc, 0x00c3_6400];
    rustix::fs::statfs(root).is_ok_and(|found| SHARED.contains(&(found.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn is_shared(_: &Path) -> bool {
    false
}

/// Whether nothing more is to be expected of the file.
fn is_done(event: &notify::Result<Event>) -> bool {
    use notify::event::{AccessKind, AccessMode, EventKind};
    let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.as_ref().is_ok_and(|event| event.kind == closed || event.kind.is_remove() || is_rename(&event.kind))
}

fn is_rename(kind: &notify::EventKind) -> bool {
    matches!(kind, notify::EventKind::Modify(notify::event::ModifyKind::Name(_)))
}
