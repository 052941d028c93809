"""Write the pages that are made from the code: `make docs`."""

from tests.docs.pages import write

if __name__ == "__main__":
    write()
