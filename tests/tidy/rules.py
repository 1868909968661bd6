"""The house rules that a machine can check, as tables. checks.py applies them.

A folder's rule is the one of its longest prefix. A file is named by its path from the project's
root. To change a rule, change its table here; checks_test.py shows what each one catches.
"""

# 1. Who may include which folder of the project (as prefixes). A folder may always include itself.
#    Arrows go down only: common knows no node, the nodes do not know each other, nothing knows the
#    composition root (app) or the tests. Only tests/ sees both nodes.
#
#    pure folder              may include, beside itself
PURE = {
    "common/base/":          [],
    "common/crypto/":        ["common/base/"],
    "common/time/":          ["common/base/"],
    "common/domain/":        ["common/base/", "common/crypto/", "common/time/clock.h",
                              "common/time/hybrid_clock.h"],
    "common/ledger/":        ["common/base/", "common/crypto/", "common/time/clock.h",
                              "common/time/hybrid_clock.h", "common/domain/"],
    "common/sync/":          ["common/base/", "common/crypto/", "common/time/clock.h",
                              "common/time/hybrid_clock.h", "common/domain/"],
    "common/scan/":          ["common/base/", "common/domain/"],
    "common/bundle/":        ["common/base/", "common/crypto/", "common/domain/", "common/sync/"],
    "edge_node/core/":       ["common/base/", "common/crypto/", "common/time/clock.h",
                              "common/time/hybrid_clock.h", "common/domain/", "common/ledger/",
                              "common/sync/"],
    "central_node/core/":    ["common/base/", "common/crypto/", "common/time/clock.h",
                              "common/time/hybrid_clock.h", "common/domain/", "common/ledger/",
                              "common/sync/"],
    "central_node/planner/": ["common/base/", "common/crypto/", "common/time/clock.h",
                              "common/domain/"],
}
#    shell                    may include, beside itself
SHELLS = {
    "common/":               ["common/"],
    "edge_node/":            ["common/", "edge_node/"],
    "central_node/":         ["common/", "central_node/"],
    "deploy/":               ["common/", "deploy/"],
    "tests/":                ["common/", "deploy/", "edge_node/", "central_node/", "tests/"],
}
#    folder                   may be included only from these
PRIVATE = {
    "common/cli/":           ["common/cli/", "tests/"],
    "edge_node/app/":        ["edge_node/app/", "tests/"],
    "central_node/app/":     ["central_node/app/", "tests/"],
}

# 2. Generated protobuf and gRPC headers (*.pb.h) stay at the rim: common/wire turns messages into
#    domain values, the shells that speak a protocol hold the messages they send, the nodes' stores
#    the rows they keep.
PROTO_FOLDERS = [
    "common/backup/", "common/wire/", "common/rpc/", "common/config/", "common/cli/", "common/keys/",
    "common/exchange/",
    "edge_node/store/", "edge_node/sync_client/", "edge_node/counter/", "edge_node/maintenance/",
    "edge_node/metrics/", "edge_node/app/",
    "central_node/store/", "central_node/sync_service/", "central_node/console/",
    "central_node/metrics/", "central_node/national/", "central_node/app/", "deploy/", "tests/",
]

# 3. What a pure folder may include from outside the project: value types only, nothing that reads
#    a clock, a file, the environment, randomness or another thread; no container whose order
#    differs between runs.
PURE_STANDARD = """
    algorithm array bit bitset cassert cctype cerrno charconv climits cmath compare concepts cstddef
    cstdint cstdlib cstring deque exception functional initializer_list iterator limits list map
    memory new numeric optional ostream queue ranges set span sstream stack stdexcept string
    string_view tuple type_traits typeindex typeinfo utility variant vector version
""".split()
PURE_ABSEIL = [
    "absl/algorithm/", "absl/base/attributes.h", "absl/base/optimization.h", "absl/cleanup/",
    "absl/container/btree_map.h", "absl/container/btree_set.h", "absl/container/fixed_array.h",
    "absl/container/inlined_vector.h", "absl/functional/", "absl/hash/hash.h", "absl/memory/",
    "absl/meta/", "absl/numeric/", "absl/status/", "absl/strings/", "absl/time/civil_time.h",
    "absl/time/time.h", "absl/types/", "absl/utility/",
]
#    path prefix              may also include (headers, or prefixes ending in /)
PURE_EXCEPTIONS = {
    "common/base/check.cc":         ["cstdio"],
    "common/bundle/":               ["sodium.h", "zstd.h"],
    "common/crypto/":               ["openssl/", "sodium.h"],
    "common/crypto/key_file":       ["cstdio", "fcntl.h", "filesystem", "fstream", "sys/stat.h",
                                     "unistd.h"],
    "common/crypto/x509":           ["ctime"],  # for std::tm, which OpenSSL fills in
    "common/time/system_clock.cc":  ["absl/time/clock.h", "ctime", "fstream"],
}

# 4. Calls that are banned outside the files (prefixes) named beside them.
#
#   (name, pattern, allowed in, what to use)
BANNED_CALLS = [
    ("absl::Now", r"\babsl::Now\s*\(", ["common/time/system_clock.cc"], "an injected time::Clock"),
    ("::now", r"::now\s*\(", ["common/time/system_clock.cc"], "an injected time::Clock"),
    ("time", r"(?<![\w.>])time\s*\(\s*(nullptr|NULL|0|&\w+)\s*\)", [], "an injected time::Clock"),
    ("clock_gettime", r"\b(clock_gettime|gettimeofday)\s*\(", ["common/time/system_clock.cc"],
     "an injected time::Clock"),
    ("sleep", r"\b(sleep|usleep|nanosleep|sleep_for|sleep_until|SleepFor)\s*\(", [],
     "a timer, or a wait on what is awaited"),
    ("rand", r"(?<![\w.>])s?rand(om)?\s*\(", [], "base::Prng or crypto::RandomBytes"),
    ("random_device", r"\bstd::random_device\b", [], "crypto::RandomBytes"),
    # systemd tells a service its credentials directory by the environment, and by nothing else.
    ("getenv", r"\bgetenv\s*\(", ["tests/", "common/runtime/process.cc"],
     "the program's typed config"),
]

# 5. Length, in lines, of C++ sources.
MAX_FUNCTION_LINES = 70
MAX_FILE_LINES = 1000
LONG_FILE_LINES = 500  # listed, not refused

# 6. Text that must not be in a tracked file: paths of one machine, hosts of package registries.
#    Written in pieces, so that this file passes its own rule.
BANNED_TEXT = [
    ("an absolute path of one machine", r"(?<![\w.\-~}])/(wo" r"rk|ro" r"ot|ho" r"me)/"),
    ("the host of a package registry",
     r"\bregistry\.[a-z]{2}|\bnpm" r"js\.(org|com)|\bpy" r"pi\.org|\bpython" r"hosted\.org"
     r"|\bdeb\.deb" r"ian\.org|\bproxy\.gol" r"ang\.org"),
]
#    Trailing blanks and tabs mean something in these.
BLANKS_ALLOWED = (".patch", ".csv", ".tsv", ".golden", ".input")

# 7. Codes that a person may see on a page (K-113) are raised below the paths of its face; the face, or
#    what all faces share, has a sentence for each, under "refusal.K-113", in both languages, and for no
#    others.
SHARED_CATALOGUE = "common/web/messages"
_SHARED_CODE_SOURCES = ("common/http/", "common/people/", "common/crypto/password", "common/web/")
FACE_CATALOGUES = {
    "edge_node/counter/web/messages": ("edge_node/", "common/domain/", "common/bundle/pack", *_SHARED_CODE_SOURCES),
    "central_node/console/web/messages": (
        "central_node/console/console_gate", "central_node/console/officer_",
        "central_node/console/planning_", "central_node/console/desk_console", "central_node/console/watch_", "central_node/console/end_",
        "central_node/console/delivery_", "central_node/console/paper_", "common/paper/",
        "central_node/core/input.cc",
        "central_node/store/central_node_officers", *_SHARED_CODE_SOURCES),
}
CATALOGUE_LANGUAGES = ("id", "en")
#    "The print is allowed" is no refusal.
CODES_UNSPOKEN = ("K-100",)
