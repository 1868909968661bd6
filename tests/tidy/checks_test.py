"""Each rule catches a small bad sample, and lets its good twin pass."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import checks
import page_roles
import rules
from functions import functions
from tree import Tree, code_only


def findings(check, files):
    """What `check` says about a project of these files (path: text), as "path:line"."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        return [f"{found.path}:{found.line}" for found in check(Tree(root))]


class IncludeTest(unittest.TestCase):
    def check_rows(self, check, rows):
        """Rows of (path, include line, whether it is refused)."""
        for path, include, refused in rows:
            with self.subTest(path=path, include=include):
                found = findings(check, {path: f"// A sample.\n#include {include}\n"})
                self.assertEqual(found, [f"{path}:2"] if refused else [])

    def test_arrows_go_down(self):
        self.check_rows(checks.include_direction, [
            ("common/storage/a.cc", '"edge_node/core/journal.h"', True),
            ("common/storage/a.cc", '"tests/support/fake.h"', True),
            ("common/storage/a.cc", '"common/domain/entry.h"', False),
            ("edge_node/counter/a.cc", '"central_node/core/judge.h"', True),
            ("central_node/console/a.cc", '"edge_node/core/journal.h"', True),
            ("edge_node/counter/a.cc", '"edge_node/core/journal.h"', False),
            ("edge_node/counter/a.cc", '"edge_node/app/config.h"', True),
            ("deploy/national_simulator/a.cc", '"central_node/national/link.h"', True),
            ("tests/sim/a.cc", '"central_node/core/judge.h"', False),
        ])

    def test_pure_folders_include_only_what_lies_below(self):
        self.check_rows(checks.include_direction, [
            ("common/base/a.h", '"common/crypto/hash.h"', True),
            ("common/crypto/a.h", '"common/base/check.h"', False),
            ("common/domain/a.h", '"common/time/hybrid_clock.h"', False),
            ("common/domain/a.h", '"common/time/system_clock.h"', True),
            ("common/domain/a.h", '"common/ledger/account.h"', True),
            ("common/ledger/a.h", '"common/sync/session.h"', True),
            ("edge_node/core/a.h", '"common/ledger/account.h"', False),
            ("edge_node/core/a.h", '"edge_node/core/b.h"', False),
            ("edge_node/core/a.h", '"edge_node/store/b.h"', True),
            ("central_node/core/a.h", '"common/storage/kv_store.h"', True),
            ("central_node/core/a.h", '"common/wire/wire.h"', True),
        ])

    def test_generated_headers_stay_at_the_rim(self):
        self.check_rows(checks.proto_at_the_rim, [
            ("edge_node/core/a.cc", '"keping/log/v1/event.pb.h"', True),
            ("common/storage/a.cc", '"keping/log/v1/event.pb.h"', True),
            ("edge_node/printing/a.cc", '"keping/log/v1/event.grpc.pb.h"', True),
            ("common/wire/a.cc", '"keping/log/v1/event.pb.h"', False),
            ("edge_node/store/a.cc", '"keping/store/v1/edge.pb.h"', False),
            ("edge_node/sync_client/a.cc", '"keping/sync/v1/sync.grpc.pb.h"', False),
        ])

    def test_pure_folders_include_value_types_only(self):
        self.check_rows(checks.purity, [
            ("common/domain/a.cc", "<thread>", True),
            ("common/domain/a.cc", "<chrono>", True),
            ("common/sync/a.cc", "<random>", True),
            ("common/ledger/a.cc", "<fstream>", True),
            ("edge_node/core/a.cc", "<unordered_map>", True),
            ("edge_node/core/a.cc", '"absl/container/flat_hash_map.h"', True),
            ("edge_node/core/a.cc", '"absl/synchronization/mutex.h"', True),
            ("edge_node/core/a.cc", '"absl/time/clock.h"', True),
            ("edge_node/core/a.cc", '"rocksdb/db.h"', True),
            ("edge_node/core/a.cc", "<grpcpp/grpcpp.h>", True),
            ("edge_node/core/a.cc", '"keping/log/v1/event.pb.h"', True),
            ("common/domain/a.cc", "<sodium.h>", True),
            ("edge_node/core/a.cc", "<map>", False),
            ("edge_node/core/a.cc", '"absl/time/time.h"', False),
            ("edge_node/store/a.cc", '"rocksdb/db.h"', False),
            ("common/crypto/a.cc", "<sodium.h>", False),
            ("common/crypto/a.cc", "<openssl/sha.h>", False),
            ("common/crypto/a.cc", "<fstream>", True),
            ("common/crypto/key_file.cc", "<fstream>", False),
            ("common/time/system_clock.cc", '"absl/time/clock.h"', False),
        ])

    def test_an_include_in_a_comment_is_none(self):
        self.assertEqual(findings(checks.purity, {"common/base/a.h": "//   #include <thread>\n"}), [])


class CallTest(unittest.TestCase):
    def test_banned_calls_are_caught(self):
        for call in ["absl::Now()", "std::chrono::steady_clock::now()", "time(nullptr)",
                     "std::time(nullptr)", "clock_gettime(CLOCK_REALTIME, &now)", "sleep(1)",
                     "usleep(10)", "absl::SleepFor(absl::Seconds(1))",
                     "std::this_thread::sleep_for(wait)", "rand()", "std::rand()", "srand(1)",
                     "std::random_device device", 'std::getenv("HOME")']:
            with self.subTest(call=call):
                found = findings(checks.banned_calls, {"common/rpc/a.cc": f"\n  {call};\n"})
                self.assertEqual(found, ["common/rpc/a.cc:2"])

    def test_their_one_file_may_call_them(self):
        for path, call in [("common/time/system_clock.cc", "absl::Now()"),
                           ("tests/integration/a.cc", 'getenv("KEPING_BIN")')]:
            with self.subTest(path=path):
                self.assertEqual(findings(checks.banned_calls, {path: f"{call};\n"}), [])

    def test_names_comments_and_texts_are_no_calls(self):
        text = ('// rand() is banned.\nconst char* kText = "sleep(1)";\nint operand(int);\n'
                "clock.Now();\nentry.time(0);\n")
        self.assertEqual(findings(checks.banned_calls, {"common/rpc/a.cc": text}), [])


class LengthTest(unittest.TestCase):
    def test_a_long_function_is_caught_and_one_at_the_limit_passes(self):
        limit = rules.MAX_FUNCTION_LINES
        for lines, refused in [(limit, False), (limit + 1, True)]:
            text = "namespace a {\nint F() {\n" + "  G();\n" * (lines - 2) + "}\n}\n"
            found = findings(checks.function_length, {"common/base/a.cc": text})
            self.assertEqual(found, ["common/base/a.cc:2"] if refused else [], lines)

    def test_functions_are_found_in_all_their_shapes(self):
        shapes = {
            "int F() {\n}\n": ("F", 1, 2),
            "TEST(NikTest, Parses) {\n}\n": ("TEST", 1, 2),
            "class A {\n public:\n  A() : b_(1), c_{2} {\n  }\n  int c_{0};\n};\n": ("A", 3, 2),
            "A::A(int b)\n    : b_{b},\n      c_(1) {\n}\n": ("A::A", 1, 4),
            "A::~A() {\n}\n": ("A::~A", 1, 2),
            "template <typename T>\nauto F(T a) -> std::vector<T> {\n}\n": ("F", 1, 3),
            "struct A {\n  bool operator()(int a) const noexcept {\n  }\n};\n": ("operator()", 2, 2),
            "void F() ABSL_LOCKS_EXCLUDED(mutex_) {\n}\n": ("F", 1, 2),
            "#define A() {\n\nint F(char c = '{') {\n  if (c) {\n  }\n}\n": ("F", 3, 4),
        }
        for text, wanted in shapes.items():
            with self.subTest(text=text):
                self.assertEqual(list(functions(text)), [wanted])

    def test_other_braces_are_no_functions(self):
        for text in ["enum class A : uint8_t {\n  kB,\n};\n", "namespace a::b {\n}\n",
                     "const Row kRows[] = {\n  {1, Min(2, 3)},\n  {2, 3},\n};\n",
                     'extern "C" {\n}\n', "struct A : B<C> {\n  int d{0};\n};\n",
                     "const std::map<int, int> kMap{\n  {1, 2},\n};\n"]:
            with self.subTest(text=text):
                self.assertEqual(list(functions(text)), [])

    def test_a_long_file_is_caught(self):
        limit = rules.MAX_FILE_LINES
        for lines, refused in [(limit, False), (limit + 1, True)]:
            found = findings(checks.file_length, {"common/base/a.h": "\n" * lines})
            self.assertEqual(bool(found), refused, lines)


class TextTest(unittest.TestCase):
    def test_a_wrong_guard_is_caught(self):
        guarded = "// A sample.\n#ifndef {0}\n#define {0}\n#endif  // {0}\n"
        for guard, refused in [("KEPING_COMMON_BASE_A_H_", False), ("KEPING_A_H_", True)]:
            found = findings(checks.header_guards, {"common/base/a.h": guarded.format(guard)})
            self.assertEqual(bool(found), refused, guard)
        self.assertTrue(findings(checks.header_guards, {"common/base/a.h": "#pragma once\n"}))

    def test_a_source_in_no_target_is_caught(self):
        for listed, refused in [("b.cc a.cc", False), ("b.cc", True), ("b.cc # a.cc", True)]:
            found = findings(checks.in_a_target, {
                "common/base/a.cc": "", "common/base/b.cc": "",
                "common/base/CMakeLists.txt": f"keping_cc_library(NAME base SRCS {listed}\n)\n"})
            self.assertEqual(found, ["common/base/a.cc:1"] if refused else [], listed)

    def test_a_test_script_in_no_target_is_caught(self):
        for listed, refused in [('"${CMAKE_CURRENT_SOURCE_DIR}/a_test.py"', False), ("", True)]:
            found = findings(checks.in_a_target, {
                "tests/unit/a_test.py": "",
                "tests/unit/CMakeLists.txt": f"keping_script_test(COMMAND python3 {listed})\n"})
            self.assertEqual(found, ["tests/unit/a_test.py:1"] if refused else [], listed)

    def test_a_folder_that_its_parent_does_not_add_is_caught(self):
        for parent, refused in [("add_subdirectory(base)\n", False), ("add_subdirectory(b)\n", True)]:
            found = findings(checks.in_the_build, {
                "CMakeLists.txt": "add_subdirectory(common)\n", "common/CMakeLists.txt": parent,
                "common/base/CMakeLists.txt": ""})
            self.assertEqual(found, ["common/base/CMakeLists.txt:1"] if refused else [], parent)

    def test_paths_of_one_machine_and_registry_hosts_are_caught(self):
        slash = "/"
        bad = [f"cd {slash}home/me", f'"{slash}root/.config"', f"({slash}work/x)",
               "https://registry" + ".example.org", "deb." + "debian.org"]
        for text, refused in [(text, True) for text in bad] + [
                (f"https://example.org{slash}home/x", False), ("a/work/b", False), ("~/work/b", False)]:
            with self.subTest(text=text):
                self.assertEqual(bool(findings(checks.portable_text, {"a.md": text + "\n"})), refused)

    def test_tabs_and_trailing_blanks_are_caught(self):
        for text, refused in [("a\tb\n", True), ("a \n", True), ("a\r\n", True), ("a", True),
                              ("a b\n", False)]:
            self.assertEqual(bool(findings(checks.blanks, {"a.md": text})), refused, repr(text))
        self.assertEqual(findings(checks.blanks, {"a.patch": " \n"}), [])


class CodeOnlyTest(unittest.TestCase):
    def test_comments_and_literals_go_and_lines_stay(self):
        rows = [("a; // b\nc", "a;  \nc"), ("a /* b\n */ c", "a \n c"), ('"a//b" c', '"" c'),
                ('R"x(\n")")x" c', '""\n c'), ("1'000'000 + 'a'", "1'000'000 + 0"),
                (r"'\'' + '{'", "0 + 0")]
        for text, wanted in rows:
            self.assertEqual(code_only(text), wanted)


class CodesTest(unittest.TestCase):
    CATALOGUE = "edge_node/counter/web/messages/id.json"

    def test_every_code_that_is_raised_has_a_sentence(self):
        source = 'return Failed("K-121: no.");\n// "K-122"\nError("got \'x\': K-123: no");\n'
        found = findings(checks.spoken_codes, {
            "edge_node/core/a.cc": source, self.CATALOGUE: '{"refusal.K-121": "tidak"}\n'})
        self.assertEqual(found, ["edge_node/core/a.cc:2", "edge_node/core/a.cc:3"])

    def test_no_sentence_is_left_over(self):
        found = findings(checks.spoken_codes, {
            "common/domain/a.cc": '{"K-100", "none"}, {"K-101", "x"}', "central_node/a.cc": '"K-102"',
            self.CATALOGUE: '{\n"refusal.K-101": "a",\n"refusal.K-102": "b"}\n'})
        self.assertEqual(found, [f"{self.CATALOGUE}:3"])

    def test_a_sentence_that_all_faces_share_is_enough(self):
        shared = "common/web/messages/id.json"
        found = findings(checks.spoken_codes, {
            "common/http/a.cc": '"K-186: no"', self.CATALOGUE: "{\n}\n",
            "central_node/console/web/messages/id.json": "{\n}\n",
            shared: '{\n"refusal.K-186": "a",\n"refusal.K-187": "b"}\n'})
        self.assertEqual(found, [f"{shared}:3"])


class HandbookTest(unittest.TestCase):
    PAGE = "deploy/handbook/kartu-dinding.md"
    PROJECT = {
        "edge_node/counter/web/messages/id.json":
            '{"button.spoil": "Kartu rusak", "doubt.title": "Apakah kartu untuk {name} ada? Pindai kartunya."}\n',
        "edge_node/counter/web/src/task_view.ts": 'this.button("F2", "button.spoil", go);\n',
        "edge_node/core/a.cc": 'Failed("K-121: no");\n',
        "common/cli/a.cc": 'add("stock"); add("lend"); add("edge"); add("--second ID");\n',
        "tests/web/a_test.mjs": 'shoot("doubt");\n',
    }

    def test_what_is_bold_stands_on_a_screen(self):
        for line, refused in [("**Kartu rusak**", False), ("**Kartu rusak.**", False), ("**Kartu baik**", True),
                              ("**Apakah kartu untuk … ada?**", False), ("**Pindai\nkartunya**", False),
                              ("**Apakah kartu untuk Ani ada?**", True), ("Yang **tebal**", False)]:
            self.check(line, refused)

    def test_a_button_has_its_key(self):
        self.check("F2 **Kartu rusak**", False)
        self.check("F3 **Kartu rusak**", True)

    def test_codes_commands_and_pictures_are_there(self):
        for line, refused in [("K-121", False), ("K-122", True),
                              ("`keping edge stock lend bangli --second ANI`", False),
                              ("`keping edge stock lent bangli`", True),
                              ("`keping edge stock lend bangli --third ANI`", True),
                              ("`…-doubt.png`", False), ("`press-…-dout.png`", True)]:
            self.check(line, refused)

    def test_no_code_and_no_kind_of_case_is_left_out(self):
        page = "deploy/handbook/kabupaten.md"
        project = {
            "central_node/console/web/messages/id.json": '{"refusal.K-300": "Tidak.", "case.kind.4": "Celah"}\n',
            "central_node/core/case_policy.cc": '{CaseKind::kLogGap, "K-315", 1},\n{"K-300"}\n',
            "proto/keping/log/v1/case.proto": "CASE_KIND_LOG_GAP = 4;\n",
        }
        for text, refused in [("| K-315 **Celah** | x |\nK-300\n", False), ("| K-315 **Celah** | x |\n", True),
                              ("K-315, **Celah**, K-300\n", True)]:
            found = findings(checks.handbook_says_what_screens_say, {**project, page: text})
            self.assertEqual(found, [f"{page}:1"] if refused else [], text)

    def check(self, line, refused):
        with self.subTest(line=line):
            found = findings(checks.handbook_says_what_screens_say, {**self.PROJECT, self.PAGE: f"\n{line}\n"})
            self.assertEqual(found, [f"{self.PAGE}:2"] if refused else [])


class PageRolesTest(unittest.TestCase):
    """The project's own tables, with one word changed in one of them."""

    COUNTER = page_roles.COUNTER_MENU
    CONSOLE = page_roles.CONSOLE_ROLES

    @classmethod
    def setUpClass(cls):
        tree = Tree(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
        read = {page_roles.COUNTER_RULES, page_roles.COUNTER_ACTS, page_roles.COUNTER_UPKEEP, page_roles.DOOR, cls.COUNTER}
        read |= {path for _, cores, _ in page_roles.CONSOLE.values() for path, _ in cores}
        read |= {path for path in tree.paths if path.startswith(page_roles.CONSOLE_PAGE)}
        cls.project = {path: tree.text(path) for path in read}

    def found(self, path, old, new):
        self.assertIn(old, self.project[path])
        changed = {**self.project, path: self.project[path].replace(old, new)}
        return {found.split(":")[0] for found in findings(checks.pages_offer_what_nodes_allow, changed)}

    def test_they_agree(self):
        self.assertEqual(self.found(self.COUNTER, "WORK", "WORK"), set())

    def test_a_change_on_either_side_is_found(self):
        rules, screens = page_roles.COUNTER_RULES, page_roles.CONSOLE_PAGE + "screens/"
        for path, old, new, where in [
                (self.COUNTER, 'act: "openBox", allowed: stock', 'act: "openBox", allowed: counting', self.COUNTER),
                (self.COUNTER, 'act: "burn", allowed: stock', 'act: "burn"', self.COUNTER),
                (self.COUNTER, 'act: "burn"', 'act: "melt"', self.COUNTER),
                (self.COUNTER, "const machines = only(Role.SUPERVISOR,", "const machines = only(", self.COUNTER),
                (rules, '"lend blanks to another office", Stock()', '"lend", Counter()', self.COUNTER),
                (rules, "{OfficeAct::kUseGrant,", "{kUseGrant,", rules),
                (page_roles.COUNTER_ACTS, "kSpoilBlank,", "kSpoilBlank, kMeltBlank,\n  kSink,", rules),
                (page_roles.COUNTER_UPKEEP, 'form: blankForm("test"', 'form: blankForm("melt"', page_roles.COUNTER_UPKEEP),
                (self.CONSOLE, "administer: [ADMINISTRATOR]", "administer: [ADMINISTRATOR, AUDITOR]", self.CONSOLE),
                (self.CONSOLE, "  send: [", "  throw: [", self.CONSOLE),
                (page_roles.DOOR, '{"SetOfficer", {Role::kAdministrator}}', '{"SetOfficer", {Role::kAuditor}}', self.CONSOLE),
                (page_roles.DOOR, '{"SetOfficer", ', '{"SetOfficers", ', page_roles.DOOR),
                ("central_node/core/officers.cc", "WhyNotSetPolicy(const", "WhyNotPolicy(const", self.CONSOLE),
                (screens + "planner.ts", "MAY.examine", "MAY.lease", screens + "planner.ts"),
                (screens + "papers.ts", "MAY.keepNumbers", "MAY.send", screens + "papers.ts")]:
            with self.subTest(path=path, new=new):
                self.assertIn(where, self.found(path, old, new))


if __name__ == "__main__":
    unittest.main()
