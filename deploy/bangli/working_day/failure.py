"""What ends a working day before its time, as one sentence for a person."""


class Failure(Exception):
    """An operating error: something did not start, answer or arrive."""


class Cancelled(Failure):
    """Somebody asked to stop; what runs ends without another word."""


class Ended(Failure):
    """A program ended with a code that was not accepted."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code
