//! The conversation with the client: reads messages, keeps the texts, hands on the work.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value as Json, json};

use super::client::Client;
use super::desk::Desk;
use super::show;
use super::text::{Change, Encoding, edit};
use super::uri;
use super::worker::{Job, Shared, Worker};
use crate::cli::args::ConfigArgs;
use crate::config::NAMES;

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As the protocol has it: `shutdown`, then `exit`.
    Orderly,
    /// In any other way.
    Broken,
}

/// Talks with a client over standard input and output until it has enough.
///
/// # Errors
/// If a message is not of the protocol, or cannot be written.
pub fn serve_stdio(args: ConfigArgs, references: Vec<PathBuf>) -> std::io::Result<End> {
    let (connection, threads) = Connection::stdio();
    let end = serve(connection, args, references);
    // Waits for the last messages to be written.
    threads.join().map(|()| end)
}

/// Talks with a client until it has enough.
pub fn serve(connection: Connection, args: ConfigArgs, references: Vec<PathBuf>) -> End {
    let Connection { sender, receiver } = connection;
    let mut server: Option<Server> = None;
    let mut down = false;
    let send = {
        let sender = sender.clone();
        // A client that has gone needs no answer.
        move |message: Message| drop(sender.send(message))
    };
    for message in &receiver {
        match message {
            Message::Request(request) if request.method == "initialize" && server.is_none() => {
                let client = Client::new(&request.params);
                send(Response::new_ok(request.id, greeting(client.encoding)).into());
                let (out, args, references) = (sender.clone(), args.clone(), references.clone());
                server = Some(Server::new(client, args, references, move |message| {
                    drop(out.send(message));
                }));
            }
            Message::Request(request) => {
                let refuse = |code: ErrorCode, message: &str| {
                    let id = request.id.clone();
                    send(Response::new_err(id, code as i32, message.to_owned()).into());
                };
                match &mut server {
                    None => refuse(ErrorCode::ServerNotInitialized, "say initialize first"),
                    Some(_) if down || request.method == "initialize" => {
                        refuse(ErrorCode::InvalidRequest, "not now");
                    }
                    Some(server) if request.method == "shutdown" => {
                        down = true;
                        server.finish();
                        send(Response::new_ok(request.id, Json::Null).into());
                    }
                    Some(server) => server.ask(request),
                }
            }
            Message::Notification(note) if note.method == "exit" => {
                return if down { End::Orderly } else { End::Broken };
            }
            Message::Notification(note) => {
                if let Some(server) = server.as_mut().filter(|_| !down) {
                    server.hear(note);
                }
            }
            // The client's answers to what we asked: there is nothing to learn from them.
            Message::Response(_) => {}
        }
    }
    End::Broken
}

/// What this server can do.
fn greeting(encoding: Encoding) -> Json {
    json!({
        "capabilities": {
            "positionEncoding": encoding.name(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.factlint"]},
            "codeLensProvider": {"resolveProvider": false},
            "executeCommandProvider": {"commands": [show::COMMAND]},
        },
        "serverInfo": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
    })
}

struct Server {
    encoding: Encoding,
    watches: bool,
    texts: HashMap<String, Arc<String>>,
    shared: Arc<Shared>,
    jobs: Option<Sender<Job>>,
    worker: Option<std::thread::JoinHandle<()>>,
    send: Box<dyn Fn(Message)>,
}

impl Server {
    fn new(
        client: Client,
        args: ConfigArgs,
        references: Vec<PathBuf>,
        send: impl Fn(Message) + Clone + Send + 'static,
    ) -> Self {
        let (encoding, watches) = (client.encoding, client.watches);
        let shared = Arc::new(Shared::default());
        let (jobs, theirs) = channel();
        let desk = Desk::new(client, args, references);
        let worker = {
            let (shared, send) = (shared.clone(), send.clone());
            std::thread::spawn(move || Worker::new(desk, shared, theirs, send).run())
        };
        let (texts, send) = (HashMap::new(), Box::new(send));
        Server { encoding, watches, texts, shared, jobs: Some(jobs), worker: Some(worker), send }
    }

    /// Lets the worker end what it has begun.
    fn finish(&mut self) {
        self.jobs = None;
        if let Some(worker) = self.worker.take() {
            // It catches its own panics.
            let _ = worker.join();
        }
    }

    fn put(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // The worker lives as long as there are jobs.
            let _ = jobs.send(job);
        }
    }

    fn ask(&mut self, request: Request) {
        self.put(Job::Ask(request));
    }

    fn hear(&mut self, note: Notification) {
        let Notification { method, params } = note;
        let document = params.pointer("/textDocument/uri").and_then(Json::as_str);
        match (method.as_str(), document) {
            ("initialized", _) => self.watch(),
            ("textDocument/didOpen", Some(uri)) => {
                let text = params.pointer("/textDocument/text").and_then(Json::as_str);
                let text = Arc::new(text.unwrap_or_default().to_owned());
                self.changed(uri.to_owned(), &params, text);
            }
            ("textDocument/didChange", Some(uri)) => {
                let Some(text) = self.texts.get_mut(uri) else { return };
                let changes = params.get("contentChanges").cloned().unwrap_or_default();
                // An edit that cannot be understood would leave us with another text than theirs.
                let Ok(changes) = serde_json::from_value::<Vec<Change>>(changes) else { return };
                edit(Arc::make_mut(text), changes, self.encoding);
                let text = text.clone();
                self.changed(uri.to_owned(), &params, text);
            }
            ("textDocument/didSave", Some(uri)) => {
                self.put(Job::Files { paths: uri::path(uri).into_iter().collect() });
            }
            ("textDocument/didClose", Some(uri)) => {
                self.texts.remove(uri);
                let mut newest =
                    self.shared.newest.lock().unwrap_or_else(|broken| broken.into_inner());
                newest.remove(uri);
                drop(newest);
                self.put(Job::Close { uri: uri.to_owned() });
            }
            ("workspace/didChangeWatchedFiles", _) => {
                let changes = params.get("changes").and_then(Json::as_array);
                let paths = changes
                    .into_iter()
                    .flatten()
                    .filter_map(|change| uri::path(change.get("uri")?.as_str()?));
                self.put(Job::Files { paths: paths.collect() });
            }
            ("$/cancelRequest", _) => {
                let Some(id) = params.get("id") else { return };
                let Ok(id) = serde_json::from_value(id.clone()) else { return };
                let mut cancelled =
                    self.shared.cancelled.lock().unwrap_or_else(|broken| broken.into_inner());
                // Most come too late; they need not be kept for ever.
                if cancelled.len() > 1000 {
                    cancelled.clear();
                }
                cancelled.insert(id);
            }
            _ => {}
        }
    }

    fn changed(&mut self, uri: String, params: &Json, text: Arc<String>) {
        let version = params.pointer("/textDocument/version").and_then(Json::as_i64);
        self.texts.insert(uri.clone(), text.clone());
        let mut newest = self.shared.newest.lock().unwrap_or_else(|broken| broken.into_inner());
        newest.insert(uri.clone(), version);
        drop(newest);
        self.put(Job::Text { uri, version, text });
    }

    /// Asks the client to look after configuration files. References follow as they come into use.
    fn watch(&self) {
        if !self.watches {
            return;
        }
        let watchers: Vec<Json> =
            NAMES.iter().map(|name| json!({"globPattern": format!("**/{name}")})).collect();
        let params = json!({"registrations": [{
            "id": "factlint-configuration", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        }]});
        let id = lsp_server::RequestId::from("factlint-0".to_owned());
        (self.send)(Request::new(id, "client/registerCapability".to_owned(), params).into());
    }
}
