// A client of the YAML language server: just enough of the protocol to open documents and ask about them.
import { spawn } from 'node:child_process';

export class Server {
  #child;
  #settings;
  #answers = new Map();
  #published = new Map();
  #last = 0;
  #bytes = Buffer.alloc(0);

  constructor(path, settings) {
    this.#settings = settings;
    this.#child = spawn(process.execPath, [path, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout.on('data', data => {
      this.#bytes = Buffer.concat([this.#bytes, data]);
      this.#read();
    });
  }

  async start() {
    await this.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ['markdown'] }, publishDiagnostics: {} },
      },
    });
    this.#send({ method: 'initialized', params: {} });
    this.#send({ method: 'workspace/didChangeConfiguration', params: { settings: this.#settings } });
  }

  stop() {
    this.#child.kill();
  }

  request(method, params) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  // Opens a document and waits for what the server finds wrong with it.
  open(uri, text) {
    const diagnostics = new Promise(resolve => this.#published.set(uri, resolve));
    this.#send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
    return diagnostics;
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #read() {
    for (;;) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end < 0)
        return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#bytes.toString('utf8', 0, end))[1]);
      if (this.#bytes.length < end + 4 + length)
        return;
      const message = JSON.parse(this.#bytes.toString('utf8', end + 4, end + 4 + length));
      this.#bytes = this.#bytes.subarray(end + 4 + length);
      this.#take(message);
    }
  }

  #take(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      this.#published.get(message.params.uri)?.(message.params.diagnostics);
    } else if (message.method && message.id !== undefined) {
      const result = message.method === 'workspace/configuration' ? message.params.items.map(item => this.#settings[item.section] ?? null) : null;
      this.#send({ id: message.id, result });
    } else if (message.id !== undefined) {
      const { resolve, reject } = this.#answers.get(message.id);
      this.#answers.delete(message.id);
      message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    }
  }
}
