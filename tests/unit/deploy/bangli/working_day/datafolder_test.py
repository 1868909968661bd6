"""A run's folder is fresh, ours, and used once at a time."""

import os
import tempfile
import unittest

from datafolder import MARK, DataFolder
from failure import Failure


class DataFolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "day")

    def write(self, *names):
        path = os.path.join(self.path, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("x")

    def test_a_second_run_starts_from_nothing(self):
        DataFolder(self.path).close(remove=True)
        self.write("susut", "data", "db")
        DataFolder(self.path).close(remove=True)
        self.assertEqual(sorted(os.listdir(self.path)), [MARK, "run"])

    def test_a_folder_with_other_files_is_left_alone(self):
        self.write("thesis.txt")
        with self.assertRaisesRegex(Failure, "holds other files"):
            DataFolder(self.path)
        self.assertEqual(os.listdir(self.path), ["thesis.txt"])

    def test_two_runs_do_not_share_a_folder(self):
        first = DataFolder(self.path)
        with self.assertRaisesRegex(Failure, "another working day runs"):
            DataFolder(self.path)
        first.close(remove=False)
        DataFolder(self.path).close(remove=False)

    def test_a_file_in_its_place_is_refused(self):
        self.write("x")
        with self.assertRaisesRegex(Failure, "which is a file, want a folder"):
            DataFolder(os.path.join(self.path, "x"))

    def test_only_a_temporary_folder_is_removed(self):
        temporary = DataFolder(None)
        temporary.close(remove=True)
        self.assertFalse(os.path.exists(temporary.path))
        named = DataFolder(self.path)
        named.close(remove=True)
        self.assertTrue(os.path.exists(named.path))

    def test_sockets_of_a_deep_folder_lie_elsewhere(self):
        deep = DataFolder(os.path.join(self.path, "d" * 100))
        self.assertLess(len(deep.sockets), 40)
        deep.close(remove=False)
        self.assertFalse(os.path.exists(deep.sockets))


if __name__ == "__main__":
    unittest.main()
