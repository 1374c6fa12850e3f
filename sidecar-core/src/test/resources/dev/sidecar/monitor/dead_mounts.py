"""Mounts file systems whose server never answers, until standard input ends. usage: dead_mounts.py DIRECTORY…"""
import ctypes
import os
import sys

UNMOUNT_DETACH = 2

libc = ctypes.CDLL(None, use_errno=True)
mounted = []
try:
    for path in sys.argv[1:]:
        descriptor = os.open("/dev/fuse", os.O_RDWR)
        options = b"fd=%d,rootmode=40000,user_id=0,group_id=0" % descriptor
        if libc.mount(b"dead:" + path.encode(), path.encode(), b"fuse.dead", 0, options) != 0:
            sys.exit(os.strerror(ctypes.get_errno()))
        mounted.append((descriptor, path))
    print("mounted", flush=True)
    sys.stdin.read()
finally:
    for descriptor, path in mounted:
        os.close(descriptor)
        libc.umount2(path.encode(), UNMOUNT_DETACH)
