"""One server-side SASL exchange by GNU SASL, over standard input and output.

The first line is JSON: mechanism, password, service, hostname, tls_unique, tls_exporter (base64 or null).
Each further line is what the client sent, in base64; the answer is a line "CODE BASE64", where CODE is 0 for
success, 1 for "go on" and anything else for a failure.
"""

import ctypes
import json
import sys

LIBRARY = ctypes.CDLL("libgsasl.so.18")
PASSWORD, SERVICE, HOSTNAME, SCRAM_ITER, CB_TLS_UNIQUE, CB_TLS_EXPORTER = 3, 5, 6, 15, 18, 25
VALIDATE_SIMPLE, VALIDATE_EXTERNAL = 500, 501
OK, NO_CALLBACK, AUTHENTICATION_ERROR = 0, 51, 31

wanted = json.loads(sys.stdin.readline())
values = {
    PASSWORD: wanted["password"],
    SERVICE: wanted["service"],
    HOSTNAME: wanted["hostname"],
    SCRAM_ITER: "4096",
    CB_TLS_UNIQUE: wanted["tls_unique"],
    CB_TLS_EXPORTER: wanted["tls_exporter"],
}

CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
LIBRARY.gsasl_property_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p]
LIBRARY.gsasl_property_fast.argtypes = [ctypes.c_void_p, ctypes.c_int]
LIBRARY.gsasl_property_fast.restype = ctypes.c_char_p
LIBRARY.gsasl_callback_set.argtypes = [ctypes.c_void_p, CALLBACK]
LIBRARY.gsasl_server_start.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p)]
LIBRARY.gsasl_step64.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p)]


@CALLBACK
def answer(_context, session, prop):
    if prop == VALIDATE_SIMPLE:
        given = LIBRARY.gsasl_property_fast(session, PASSWORD)
        return OK if given == wanted["password"].encode() else AUTHENTICATION_ERROR
    if prop == VALIDATE_EXTERNAL:
        return OK
    value = values.get(prop)
    if value is None:
        return NO_CALLBACK
    LIBRARY.gsasl_property_set(session, prop, value.encode())
    return OK


context = ctypes.c_void_p()
session = ctypes.c_void_p()
LIBRARY.gsasl_init(ctypes.byref(context))
LIBRARY.gsasl_callback_set(context, answer)
started = LIBRARY.gsasl_server_start(context, wanted["mechanism"].encode(), ctypes.byref(session))
if started != OK:
    sys.exit(f"{wanted['mechanism']}: {started}")

for line in sys.stdin:
    output = ctypes.c_char_p()
    code = LIBRARY.gsasl_step64(session, line.strip().encode(), ctypes.byref(output))
    print(code, (output.value or b"").decode(), flush=True)
    if code != 1:
        break
