"""The servers that the tests of packages need, in a network namespace of their own, where any port is free.

servers.py tls NAME PORT TO CERTIFICATE KEY   speaks TLS at PORT as NAME, and hands what it reads to the sandbox at port TO,
                                              under the only name that the sandbox answers to, that of this machine
servers.py names NAME ADDRESS                 a name server at 127.0.0.1 that knows one name
"""

import socket
import ssl
import struct
import sys
import threading


def pump(source, sink, old=b"", new=b""):
    try:
        while data := source.recv(65536):
            sink.sendall(data.replace(old, new) if old else data)
    except OSError:
        pass
    finally:
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def serve(context, client, old, port):
    try:
        client = context.wrap_socket(client, server_side=True)
        server = socket.create_connection(("127.0.0.1", port))
    except OSError:
        client.close()
        return
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server, old, b"host: 127.0.0.1:%d\r\n" % port)


def tls(name, port, to, certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", int(port)))
    host = f"host: {name}:{port}\r\n".encode()
    print("ready", flush=True)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(context, client, host, int(to)), daemon=True).start()


def names(name, address):
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 53))
    print("ready", flush=True)
    known = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"
    while True:
        query, client = listener.recvfrom(512)
        end = query.index(b"\0", 12) + 1
        (kind,) = struct.unpack("!H", query[end : end + 2])
        is_known = query[12:end].lower() == known
        answers = 1 if is_known and kind == 1 else 0
        head = query[:2] + struct.pack("!5H", 0x8180 if is_known else 0x8183, 1, answers, 0, 0)
        record = struct.pack("!3HIH", 0xC00C, 1, 1, 60, 4) + socket.inet_aton(address)
        listener.sendto(head + query[12 : end + 4] + record * answers, client)


{"tls": tls, "names": names}[sys.argv[1]](*sys.argv[2:])
