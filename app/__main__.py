"""`python -m app` is the command `convlens`."""

from app.cli import main

if __name__ == "__main__":
    main()
