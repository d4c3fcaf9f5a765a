/** Folder of a sinkhole's own; `ca.pem` is there once it answers. */
export const sinkholeFolder = "/run/kqltest";

/**
 * What a sinkhole runs: `python3 -c <script> <name>`. It makes an authority of its own and throws the key away, answers
 * any request for its name on ports 80 and 443, and writes each as a line of JSON (`SinkholeRequest`).
 */
export const sinkholeScript: string = `
import http.server, json, os, ssl, subprocess, sys, threading, time

NAME = sys.argv[1]
FOLDER = "${sinkholeFolder}"

def openssl(*args):
    subprocess.run(["openssl", *args], check=True, stderr=subprocess.PIPE)

def certificate():
    new = ["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    openssl(*new, "-keyout", "ca.key", "-out", "new-ca.pem", "-subj", "/CN=kqltest sinkhole authority",
            "-addext", "keyUsage=critical,keyCertSign")
    openssl(*new, "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=kqltest sinkhole",
            "-CA", "new-ca.pem", "-CAkey", "ca.key",
            "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "subjectAltName=DNS:" + NAME)
    os.remove("ca.key")

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    scheme = "http"

    def answer(self):
        length = self.headers.get("Content-Length")
        left = int(length) if length and length.isdigit() else 0
        received = 0
        while received < left:
            part = self.rfile.read(min(65536, left - received))
            if not part:
                break
            received += len(part)
        # The end of a body in chunks is not looked for.
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
        body = b"kqltest sinkhole\\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        print(json.dumps({"at": time.time(), "name": NAME, "scheme": self.scheme,
            "method": self.command, "path": self.path, "bytes": received}), flush=True)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def log_message(self, *args):
        pass

class SecureHandler(Handler):
    scheme = "https"

    def setup(self):
        # In the thread of its own connection, so that a client who is slow holds up nobody.
        self.request.settimeout(30)
        self.request.do_handshake()
        super().setup()

class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass

os.makedirs(FOLDER)
os.chdir(FOLDER)
certificate()
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("cert.pem", "key.pem")
plain = Server(("0.0.0.0", 80), Handler)
secure = Server(("0.0.0.0", 443), SecureHandler)
secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=plain.serve_forever, daemon=True).start()
os.rename("new-ca.pem", "ca.pem")
secure.serve_forever()
`;
