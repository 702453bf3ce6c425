"""A host for our client whose cryptography is pyspnego's: one JSON argument in, one JSON line an event out.

Told `tls` (cert and key files) it takes plain bodies, otherwise every body must be sealed; told `hash`, too, it demands
channel binding. It answers Identify, an enumeration in pages, and a method Echo. Each connection is authenticated for
itself.
"""
import base64
import hashlib
import json
import ssl
import sys
import threading
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

import spnego
from spnego._ntlm_raw.messages import Authenticate, AvId, NTClientChallengeV2
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

told = json.loads(sys.argv[1])
SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
SEALED = "application/HTTP-SPNEGO-session-encrypted"
BOUNDARY = b"--Encrypted Boundary"
ITEMS, PAGE = 25, 10
printing = threading.Lock()


def say(event, **facts):
    with printing:
        print(json.dumps({"event": event, **facts}), flush=True)


def bindings():
    """RFC 5929: the hash of the certificate, by the hash that whoever made it says it was signed with."""
    if "hash" not in told:
        return None
    der = ssl.PEM_cert_to_DER_cert(open(told["tls"]["cert"]).read())
    digest = hashlib.new(told["hash"], der).digest()
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest)


def ntlm_facts(token):
    """What the last NTLM message of a client says of itself."""
    if not token.startswith(b"NTLMSSP\0"):
        return {}
    message = Authenticate.unpack(token)
    pairs = NTClientChallengeV2.unpack(message.nt_challenge_response[16:]).av_pairs
    return {
        "mic": bool(pairs.get(AvId.flags, 0) & 2) and message.mic is not None,
        "bindings": pairs.get(AvId.channel_bindings, b"").hex(),
        "target": pairs.get(AvId.target_name, ""),
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "acceptor", ""
    # One write an answer.
    wbufsize, disable_nagle_algorithm = -1, True
    context = None

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        authorization = self.headers.get("Authorization")
        mutual = []
        if authorization is not None:
            proof = self.step(authorization)
            if proof is None:
                return
            mutual = [("WWW-Authenticate", proof)] if proof else []
        elif self.context is None or not self.context.complete:
            self.answer(401, [("WWW-Authenticate", "Negotiate"), ("Connection", "close")])
            return
        if not body:
            self.answer(200, mutual)
        elif "tls" in told:
            say("message", bytes=len(body), sealed=False)
            self.answer(200, [*mutual, ("Content-Type", "application/soap+xml;charset=UTF-8")], reply(body))
        else:
            self.sealed(body, mutual)

    def step(self, authorization):
        """None: this leg was answered. Otherwise the last leg's proof of the server, which may be empty."""
        word, _, token = authorization.partition(" ")
        token = base64.b64decode(token)
        if self.context is None or self.context.complete:
            protocol = "ntlm" if token.startswith(b"NTLMSSP\0") else told.get("protocol", "negotiate")
            self.context = spnego.server(
                hostname="localhost", service="HTTP", protocol=protocol, channel_bindings=bindings()
            )
        try:
            out = self.context.step(token)
        except SpnegoError as error:
            say("refused", reason=str(error))
            self.context = None
            self.answer(401, [("WWW-Authenticate", "Negotiate"), ("Connection", "close")])
            return None
        text = "" if out is None else word + " " + base64.b64encode(out).decode()
        if not self.context.complete:
            self.answer(401, [("WWW-Authenticate", text)])
            return None
        say("authenticated", user=self.context.client_principal, **ntlm_facts(token))
        return text

    def sealed(self, body, mutual):
        expected = 'multipart/encrypted;protocol="%s";boundary="Encrypted Boundary"' % SEALED
        if self.headers["Content-Type"] != expected:
            say("unsealed", type=self.headers["Content-Type"])
            self.answer(500, [("Connection", "close")])
            return
        _, about, rest = body.split(BOUNDARY + b"\r\n", 2)
        length = int(about.rpartition(b"Length=")[2])
        octets = rest.removeprefix(b"\tContent-Type: application/octet-stream\r\n").removesuffix(BOUNDARY + b"--\r\n")
        header = int.from_bytes(octets[:4], "little")
        # Throws for a wrong signature or sequence number: the client then gets no answer, and the test fails.
        plain = self.context.unwrap_winrm(octets[4 : 4 + header], octets[4 + header :])
        assert len(plain) == length, "length"
        say("message", bytes=len(plain), sealed=True)
        answer = reply(plain)
        wrapped = self.context.wrap_winrm(answer)
        parts = [
            BOUNDARY,
            b"\r\n\tContent-Type: ",
            SEALED.encode(),
            b"\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n" % len(answer),
            BOUNDARY,
            b"\r\n\tContent-Type: application/octet-stream\r\n",
            len(wrapped.header).to_bytes(4, "little"),
            wrapped.header,
            wrapped.data,
            BOUNDARY,
            b"--\r\n",
        ]
        self.answer(200, [*mutual, ("Content-Type", expected)], b"".join(parts))

    def answer(self, status, headers, body=b""):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def reply(body):
    envelope = ET.fromstring(body)
    question = envelope.find("{%s}Body" % SOAP)
    if question.find("{%s}Identify" % IDENTITY) is not None:
        return soap(
            '<i:IdentifyResponse xmlns:i="%s"><i:ProtocolVersion>%s</i:ProtocolVersion>'
            "<i:ProductVendor>acceptor</i:ProductVendor>"
            "<i:ProductVersion>OS: 6.3.9600 SP: 0.0 Stack: 3.0</i:ProductVersion></i:IdentifyResponse>"
            % (IDENTITY, WSMAN)
        )
    action = envelope.findtext(".//{%s}Action" % ADDRESSING)
    message = envelope.findtext(".//{%s}MessageID" % ADDRESSING)
    if action == ENUMERATION + "/Enumerate":
        content = items("EnumerateResponse", 0)
    elif action == ENUMERATION + "/Pull":
        content = items("PullResponse", int(question.findtext(".//{%s}EnumerationContext" % ENUMERATION)))
    elif action.endswith("/Echo"):
        uri = action.removesuffix("/Echo")
        content = '<p:Echo_OUTPUT xmlns:p="%s"><p:Text>%s</p:Text><p:ReturnValue>0</p:ReturnValue></p:Echo_OUTPUT>' % (
            uri,
            escape(question.findtext(".//{%s}Text" % uri) or ""),
        )
    else:
        raise ValueError(action)
    return soap(content, action, message)


def items(name, start):
    end = min(start + PAGE, ITEMS)
    rows = "".join("<w:XmlFragment><Number>%d</Number></w:XmlFragment>" % number for number in range(start, end))
    # The Items of an optimized first answer are WS-Management's (DSP0226 8.2.3), those of a Pull WS-Enumeration's.
    prefix = "w" if name == "EnumerateResponse" else "n"
    context = "" if end == ITEMS else "<n:EnumerationContext>%d</n:EnumerationContext>" % end
    last = "<%s:EndOfSequence/>" % prefix if end == ITEMS else ""
    return '<n:%s xmlns:n="%s" xmlns:w="%s">%s<%s:Items>%s</%s:Items>%s</n:%s>' % (
        *(name, ENUMERATION, WSMAN, context),
        *(prefix, rows, prefix, last, name),
    )


def soap(content, action=None, message=None):
    header = ""
    if action is not None:
        header = '<a:Action xmlns:a="%s">%sResponse</a:Action><a:RelatesTo xmlns:a="%s">%s</a:RelatesTo>' % (
            *(ADDRESSING, action, ADDRESSING, message),
        )
    text = '<s:Envelope xmlns:s="%s"><s:Header>%s</s:Header><s:Body>%s</s:Body></s:Envelope>'
    return (text % (SOAP, header, content)).encode()


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if "tls" in told:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(told["tls"]["cert"], told["tls"]["key"])
    server.socket = tls.wrap_socket(server.socket, server_side=True)
say("ready", port=server.server_port)
server.serve_forever()
