"""The hazard in its own shape: a NestJS API that signs four kinds of token with one setting, and its hardened twin."""

from tests.inventory.scanning import scan

MODULE = """
import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { JwtModule } from '@nestjs/jwt';
import { TokensService } from './tokens.service';

@Module({
  imports: [
    ConfigModule.forRoot(),
    JwtModule.registerAsync({
      inject: [ConfigService],
      useFactory: async (config: ConfigService) => ({
        secret: config.get<string>('JWT_SECRET'),
        signOptions: { expiresIn: '15m' },
      }),
    }),
  ],
  providers: [TokensService],
})
export class AuthModule {}
"""
SERVICE = """
import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService } from '@nestjs/jwt';
import { createHmac } from 'node:crypto';

@Injectable()
export class TokensService {
  private readonly secret: string;

  constructor(private readonly jwtService: JwtService, private readonly configService: ConfigService) {
    this.secret = this.configService.getOrThrow<string>('JWT_SECRET');
  }

  accessToken(user: User): Promise<string> {
    return this.jwtService.signAsync({ sub: user.id }, { secret: this.secret, expiresIn: '15m' });
  }

  refreshToken(user: User): Promise<string> {
    return this.jwtService.signAsync({ sub: user.id }, { secret: this.secret, expiresIn: '7d' });
  }

  passwordResetToken(user: User): Promise<string> {
    const secret = this.configService.get<string>('JWT_SECRET')!;
    return this.jwtService.signAsync({ sub: user.id }, { secret, expiresIn: '1h' });
  }

  csrfToken(sessionId: string): string {
    return createHmac('sha256', Buffer.from(this.secret)).update(sessionId).digest('hex');
  }
}
"""
STRATEGY = """
import { ConfigService } from '@nestjs/config';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';

export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(configService: ConfigService) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: configService.get('JWT_SECRET'),
    });
  }
}
"""
SHARED = {
    "package.json": '{"name": "portal"}',
    "src/auth/auth.module.ts": MODULE,
    "src/auth/tokens.service.ts": SERVICE,
    "src/auth/jwt.strategy.ts": STRATEGY,
}
MAIN = """
const secrets = [process.env.JWT_SECRET, process.env.REFRESH_SECRET, process.env.CSRF_SECRET, process.env.RESET_SECRET];
if (
  new Set([process.env.JWT_SECRET, process.env.REFRESH_SECRET, process.env.CSRF_SECRET, process.env.RESET_SECRET]).size !== 4 ||
  secrets.some((secret) => !secret || secret.length < 32)
) {
  throw new Error('The secrets must differ and have 32 characters or more');
}
"""
HARDENED = {
    **SHARED,
    "src/main.ts": MAIN,
    "src/auth/tokens.service.ts": SERVICE.replace(
        "secret: this.secret, expiresIn: '7d'", "secret: this.configService.get('REFRESH_SECRET'), expiresIn: '7d'"
    )
    .replace("get<string>('JWT_SECRET')!", "get<string>('RESET_SECRET')!")
    .replace("Buffer.from(this.secret)", "this.configService.get<string>('CSRF_SECRET')!"),
}


def test_one_finding_names_every_mechanism_and_every_line() -> None:
    report = scan(SHARED).report
    (finding,) = [finding for finding in report.findings if finding.check_id.startswith("secret-shared")]
    assert finding.check_id == "secret-shared-in-code"
    assert finding.severity == "high"
    assert finding.message.startswith(
        "JWT_SECRET is the key for CSRF tokens, JSON Web Tokens, password-reset and confirmation links and refresh tokens: "
    )
    places = {(finding.path, finding.line), *((place.path, place.line) for place in finding.related)}
    assert places == {
        ("src/auth/auth.module.ts", 10),
        ("src/auth/jwt.strategy.ts", 10),
        *(
            ("src/auth/tokens.service.ts", number)
            for number, line in enumerate(SERVICE.split("\n"), 1)
            if "signAsync(" in line or "createHmac(" in line
        ),
    }


def test_the_hardened_twin_has_none() -> None:
    report = scan(HARDENED).report
    assert [finding for finding in report.findings if finding.check_id.startswith(("secret-", "token-"))] == []


def test_the_start_up_check_is_known_where_the_settings_have_one_value() -> None:
    env = "JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55\nCSRF_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55\n"
    report = scan({**HARDENED, ".env": env}).report
    assert [f.severity for f in report.findings if f.check_id == "secret-shared-purposes"] == ["low"]
