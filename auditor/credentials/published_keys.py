"""Keys that documentation and tutorials sign with: whoever reads them can sign too.

Gathered from the public documentation of JWT libraries and frameworks; common words stand in `defaults.COMMON`.
"""

from .defaults import COMMON

_DOCUMENTED = (
    "your-256-bit-secret your-384-bit-secret your-512-bit-secret a-string-secret-at-least-256-bits-long "
    "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long secretkey secret-key secret_key "
    "my-secret my_secret mySecretKey my-secret-key my_secret_key your-secret-key your_secret_key yourSecretKey "
    "your-secret your_secret yoursecret your_jwt_secret your-jwt-secret your_jwt_secret_key jwt-secret jwt_secret "
    "jwtSecret JWT_SECRET jwt-key jwt_key jwtkey jwtPrivateKey thisisasecret this-is-a-secret thisismysecret "
    "thisisasecretkey super-secret super_secret super-secret-key supersecretkey some-secret somesecret shhhhh shhh "
    "shhhhhhared-secret keyboard-cat hello helloworld changeme changeit change-me change_me notasecret "
    "secretOrPrivateKey secretOrKey top_secret top-secret TopSecret token tokenSecret tokensecret accessTokenSecret "
    "access-token-secret refreshTokenSecret private privatekey privateKey public AllYourBase "
    "AyM1SysPpbyDfgZld3umj1qzKObwVMko "
    "super-secret-jwt-token-with-at-least-32-characters-long random_secret randomsecret auth-secret authsecret "
    "development_secret dev-secret dev_secret test-secret test_secret testsecret example-key example_key "
    "gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr9C qwertyuiopasdfghjklzxcvbnm123456 your-super-secret-key "
    "your-very-secure-secret-key mysupersecretkey my-super-secret-key my_super_secret_key app-secret app_secret "
    "nestjs-secret hardToGuess ASecretKey MyVerySecretKey SECRET SECRET_KEY"
).split()
_SENTENCES = (
    "keyboard cat",
    "I'm a secret",
    "this is a secret",
    "shhhhh it's a secret",
    "my secret",
    "your secret here",
)


def published_keys() -> list[bytes]:
    """Return the published keys, each once."""
    return list(dict.fromkeys(text.encode() for text in (*_DOCUMENTED, *_SENTENCES, *sorted(COMMON), "")))
