//! The thread that checks and answers, one thing after another, while the other one reads on.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{Arc, Mutex};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value as Json, json};

use super::desk::{Desk, Notice};
use super::show::{self, Citations};
use super::text::{Position, Range};
use super::uri;

/// What the other thread asks for.
pub enum Job {
    /// A document was opened or changed.
    Text {
        /// Its address.
        uri: String,
        /// Its version.
        version: Option<i64>,
        /// All of it.
        text: Arc<String>,
    },
    /// A document was closed.
    Close {
        /// Its address.
        uri: String,
    },
    /// Files were written; not all of them need concern us.
    Files {
        /// Their paths.
        paths: Vec<PathBuf>,
    },
    /// A question.
    Ask(Request),
}

/// What both threads know.
#[derive(Default)]
pub struct Shared {
    /// The newest version of each document: what is older is not worth telling.
    pub newest: Mutex<HashMap<String, Option<i64>>>,
    /// Questions that nobody wants answered any more.
    pub cancelled: Mutex<HashSet<RequestId>>,
}

impl Shared {
    fn is_newest(&self, uri: &str, version: Option<i64>) -> bool {
        let newest = self.newest.lock().unwrap_or_else(|broken| broken.into_inner());
        newest.get(uri).is_some_and(|newest| *newest == version)
    }

    fn is_cancelled(&self, id: &RequestId) -> bool {
        self.cancelled.lock().unwrap_or_else(|broken| broken.into_inner()).remove(id)
    }
}

/// Why a question has no answer.
type Refusal = (ErrorCode, String);

/// A question about a reference, for which documents have to be checked one by one.
struct Search {
    request: Request,
    reference: PathBuf,
    todo: Vec<PathBuf>,
    found: Citations,
}

/// The state of the thread.
pub struct Worker<S> {
    desk: Desk,
    shared: Arc<Shared>,
    send: S,
    jobs: Receiver<Job>,
    waiting: VecDeque<Job>,
    searches: VecDeque<Search>,
    watched: BTreeSet<PathBuf>,
    asked: i32,
}

impl<S: Fn(Message)> Worker<S> {
    /// A worker for the jobs of a channel; `send` takes what goes to the client.
    pub fn new(desk: Desk, shared: Arc<Shared>, jobs: Receiver<Job>, send: S) -> Self {
        let (waiting, searches) = (VecDeque::new(), VecDeque::new());
        let watched = BTreeSet::new();
        Worker { desk, shared, send, jobs, waiting, searches, watched, asked: 0 }
    }

    /// Works until nobody has a job any more.
    pub fn run(mut self) {
        while let Some(job) = self.next() {
            let id = match &job {
                Some(Job::Ask(request)) => Some(request.id.clone()),
                _ => None,
            };
            let done = catch_unwind(AssertUnwindSafe(|| match job {
                Some(job) => self.work(job),
                None => self.search(),
            }));
            if done.is_err() {
                let trouble = "internal error; please report it".to_owned();
                match id {
                    Some(id) => self.answer(id, Err((ErrorCode::InternalError, trouble))),
                    None => self.tell(Notice::Trouble(trouble)),
                }
            }
        }
    }

    /// The next job; `Some(None)` if there is time for a search.
    fn next(&mut self) -> Option<Option<Job>> {
        loop {
            match self.jobs.try_recv() {
                Ok(job) => self.waiting.push_back(job),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) if self.waiting.is_empty() => return None,
                Err(TryRecvError::Disconnected) => break,
            }
        }
        self.waiting.retain(|job| match job {
            Job::Ask(request) if self.shared.is_cancelled(&request.id) => {
                let message = "cancelled".to_owned();
                let code = ErrorCode::RequestCanceled as i32;
                (self.send)(Response::new_err(request.id.clone(), code, message).into());
                false
            }
            _ => true,
        });
        match self.waiting.pop_front() {
            Some(job) => Some(Some(job)),
            None if !self.searches.is_empty() => Some(None),
            None => self.jobs.recv().ok().map(Some),
        }
    }

    fn work(&mut self, job: Job) {
        match job {
            Job::Text { uri, version, text } => {
                self.desk.put(&uri, version, text);
                // A newer text is on its way, and no question before it: this one need not be read.
                let next = self.waiting.front();
                if !matches!(next, Some(Job::Text { uri: next, .. }) if *next == uri) {
                    self.check(&uri, version);
                }
            }
            Job::Close { uri } => {
                let notices = self.desk.close(&uri);
                self.tell_all(notices);
            }
            Job::Files { paths } => {
                let ours: Vec<_> =
                    paths.into_iter().filter(|path| self.desk.concerns(path)).collect();
                if !ours.is_empty() {
                    self.desk.forget(&ours);
                    self.check_all("");
                }
                self.refresh();
            }
            Job::Ask(request) => self.ask(request),
        }
    }

    fn check(&mut self, uri: &str, version: Option<i64>) {
        let (notices, moved) = self.desk.check(uri);
        if self.shared.is_newest(uri, version) {
            self.tell_all(notices);
        }
        self.desk.sweep();
        if moved {
            self.check_all(uri);
            self.refresh();
        }
        self.watch();
    }

    /// Checks every open document but one.
    fn check_all(&mut self, but: &str) {
        for uri in self.desk.uris().into_iter().filter(|uri| uri != but) {
            let (notices, _) = self.desk.check(&uri);
            self.tell_all(notices);
        }
    }

    fn tell_all(&self, notices: Vec<Notice>) {
        notices.into_iter().for_each(|notice| self.tell(notice));
    }

    fn tell(&self, notice: Notice) {
        let (method, params) = match notice {
            Notice::Diagnostics(params) => ("textDocument/publishDiagnostics", params),
            Notice::Trouble(message) => (
                "window/showMessage",
                json!({"type": 1, "message": format!("factlint: {message}")}),
            ),
        };
        // Not `new`, which would copy the parameters.
        (self.send)(Notification { method: method.to_owned(), params }.into());
    }

    fn answer(&self, id: RequestId, result: Result<Json, Refusal>) {
        let response = match result {
            Ok(result) => Response { id, response_result: Ok(result) },
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        (self.send)(response.into());
    }

    /// Asks the client for something; its answer does not matter.
    fn request(&mut self, method: &str, params: Json) {
        self.asked += 1;
        let id = RequestId::from(format!("factlint-{}", self.asked));
        (self.send)(Request::new(id, method.to_owned(), params).into());
    }

    /// Asks the client to look after references that it does not know of yet.
    fn watch(&mut self) {
        if !self.desk.client.watches {
            return;
        }
        let used = self.desk.watched();
        let new: Vec<_> = used.difference(&self.watched).cloned().collect();
        if new.is_empty() {
            return;
        }
        let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        // What a glob could take for its own becomes "any character".
        let plain = |name: String| name.replace(['[', ']', '{', '}', '*', ',', '!'], "?");
        let globs: Vec<Json> = new
            .iter()
            .filter_map(name)
            .map(|name| json!({"globPattern": format!("**/{}", plain(name))}))
            .collect();
        self.watched.extend(new);
        let id = format!("factlint-references-{}", self.watched.len());
        self.request(
            "client/registerCapability",
            json!({"registrations": [{
                "id": id, "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": globs},
            }]}),
        );
    }

    fn refresh(&mut self) {
        if self.desk.client.refreshes {
            self.request("workspace/codeLens/refresh", Json::Null);
        }
    }

    fn ask(&mut self, request: Request) {
        let uri = request.params.pointer("/textDocument/uri").and_then(Json::as_str);
        let uri = uri.unwrap_or_default().to_owned();
        let checked = self.desk.checked(&uri);
        let client = &self.desk.client;
        let place = || -> Result<Position, Refusal> {
            let place = request.params.get("position").cloned().unwrap_or_default();
            serde_json::from_value(place)
                .map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
        };
        let or_null = |answer: Option<Json>| answer.unwrap_or(Json::Null);
        let result = match request.method.as_str() {
            "textDocument/hover" => place().map(|place| {
                or_null(checked.and_then(|checked| show::hover(&checked, place, client)))
            }),
            "textDocument/definition" => place().map(|place| {
                or_null(checked.and_then(|checked| show::definition(&checked, place, client)))
            }),
            "textDocument/codeAction" => {
                let range = request.params.get("range").cloned().unwrap_or_default();
                let only = request.params.pointer("/context/only").and_then(Json::as_array);
                let only: Vec<_> = only.into_iter().flatten().filter_map(Json::as_str).collect();
                serde_json::from_value::<Range>(range)
                    .map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
                    .map(|range| {
                        let actions = checked.map_or_else(Vec::new, |checked| {
                            show::actions(&uri, &checked, range, &only, client)
                        });
                        actions.into()
                    })
            }
            "textDocument/codeLens" | "textDocument/references" => {
                let Some(path) = uri::path(&uri) else {
                    return self.answer(request.id, Ok(Json::Null));
                };
                let todo = self.desk.governed_by(&path);
                let found = Citations::default();
                self.searches.push_back(Search { request, reference: path, todo, found });
                return;
            }
            "workspace/executeCommand" => {
                self.show_citations(&request.params);
                Ok(Json::Null)
            }
            method => Err((ErrorCode::MethodNotFound, format!("there is no method {method}"))),
        };
        self.answer(request.id, result);
    }

    /// Does a little of the oldest search: one document more, or its answer.
    fn search(&mut self) {
        let Some(mut search) = self.searches.pop_front() else { return };
        let id = search.request.id.clone();
        if self.shared.is_cancelled(&id) {
            return self.answer(id, Err((ErrorCode::RequestCanceled, "cancelled".to_owned())));
        }
        if let Some(path) = search.todo.pop() {
            // A document that cannot be read, or is the death of us, cites nothing.
            let citing =
                catch_unwind(AssertUnwindSafe(|| self.desk.citing(&path, &search.reference)));
            if let Ok(Some(checked)) = citing
                && let Some(number) = checked.against.number(&search.reference)
            {
                search.found.add(&uri::of(&path), &checked, number);
            }
            return self.searches.push_front(search);
        }
        let answer = match search.request.method.as_str() {
            "textDocument/codeLens" if search.found.documents.is_empty() => json!([]),
            "textDocument/codeLens" => search.found.lenses().into(),
            _ => {
                let place = search.request.params.get("position").cloned().unwrap_or_default();
                match serde_json::from_value(place) {
                    Ok(place) => search.found.at(place).into(),
                    Err(error) => {
                        let refusal = (ErrorCode::InvalidParams, error.to_string());
                        return self.answer(id, Err(refusal));
                    }
                }
            }
        };
        self.answer(id, Ok(answer));
    }

    /// Opens the documents that a code lens was about.
    fn show_citations(&mut self, params: &Json) {
        let ours = params.get("command").and_then(Json::as_str) == Some(show::COMMAND);
        if !ours || !self.desk.client.shows {
            return;
        }
        let uris = params.pointer("/arguments/0").and_then(Json::as_array).cloned();
        // More at once would bury what the user was doing.
        for uri in uris.unwrap_or_default().into_iter().take(5) {
            self.request("window/showDocument", json!({"uri": uri, "takeFocus": true}));
        }
    }
}
