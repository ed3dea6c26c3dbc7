"""The directives of Apache HTTPD 2.4 and the modules that bring them.

Source: `httpd -L` of 2.4.71 with every module of the distribution loaded.
"""

from typing import Final

_TABLE = """
access_compat: allow+ deny+ order+ satisfy+
actions: action script
alias: alias aliasmatch- aliaspreservepath redirect redirectmatch redirectpermanent redirectrelative redirecttemp
  scriptalias scriptaliasmatch-
allowmethods: allowmethods+
auth_basic: authbasicauthoritative+ authbasicfake+ authbasicprovider+ authbasicusedigestalgorithm+
auth_digest: authdigestalgorithm+ authdigestdomain+ authdigestnccheck+ authdigestnoncelifetime+ authdigestprovider+
  authdigestqop+ authdigestshmemsize-
auth_form: authformauthoritative+ authformbody+ authformdisablenostore+ authformfakebasicauth+ authformlocation+
  authformloginrequiredlocation+ authformloginsuccesslocation+ authformlogoutlocation+ authformmethod+
  authformmimetype+ authformpassword+ authformprovider+ authformsitepassphrase+ authformsize+ authformusername+
authn_anon: anonymous+ anonymous_logemail+ anonymous_mustgiveemail+ anonymous_nouserid+ anonymous_verifyemail+
authn_core: authname+ authnprovideralias- authtype+
authn_dbd: authdbduserpwquery+ authdbduserrealmquery+
authn_dbm: authdbmtype+ authdbmuserfile+
authn_file: authuserfile+
authn_socache: authncachecontext+ authncacheenable- authncacheprovidefor+ authncachesocache- authncachetimeout+
authnz_fcgi: authnzfcgicheckauthnprovider authnzfcgidefineprovider-
authnz_ldap: authldapauthorizeprefix+ authldapbindauthoritative+ authldapbinddn+ authldapbindpassword+
  authldapcharsetconfig- authldapcompareasuser+ authldapcomparednonserver+ authldapdereferencealiases+
  authldapgroupattribute+ authldapgroupattributeisdn+ authldapinitialbindasuser+ authldapinitialbindpattern+
  authldapmaxsubgroupdepth+ authldapremoteuserattribute+ authldapremoteuserisdn+ authldapsearchasuser+
  authldapsubgroupattribute+ authldapsubgroupclass+ authldapurl+
authz_core: authmerging+ authzprovideralias- authzsendforbiddenonfailure+ require+ requireall+ requireany+
  requirenone+
authz_dbd: authzdbdlogintoreferer+ authzdbdquery+ authzdbdredirectquery+
authz_dbm: authdbmgroupfile+ authzdbmtype+
authz_groupfile: authgroupfile+
autoindex: addalt addaltbyencoding addaltbytype adddescription addicon addiconbyencoding addiconbytype defaulticon
  fancyindexing headername indexheadinsert indexignore indexignorereset indexoptions indexorderdefault indexstylesheet
  readmename
brotli: brotlialteretag- brotlicompressionmaxinputblock- brotlicompressionquality- brotlicompressionwindow-
  brotlifilternote-
buffer: buffersize+
cache: cachedefaultexpire cachedetailheader cachedisable cacheenable cacheheader cacheignorecachecontrol-
  cacheignoreheaders- cacheignorenolastmod cacheignorequerystring- cacheignoreurlsessionidentifiers- cachekeybaseurl-
  cachelastmodifiedfactor cachelock- cachelockmaxage- cachelockpath- cachemaxexpire cacheminexpire cachequickhandler-
  cachestaleonerror cachestoreexpired cachestorenostore cachestoreprivate
cache_disk: cachedirlength- cachedirlevels- cachemaxfilesize cacheminfilesize cachereadsize cachereadtime cacheroot-
cache_socache: cachesocache- cachesocachemaxsize cachesocachemaxtime cachesocachemintime cachesocachereadsize
  cachesocachereadtime
cern_meta: metadir metafiles metasuffix
cgi: cgiscripttimeout scriptlog- scriptlogbuffer- scriptloglength-
charset_lite: charsetdefault charsetoptions charsetsourceenc
core: acceptfilter- acceptpathinfo accessfilename- adddefaultcharset allowencodedslashes- allowoverride+
  allowoverridelist+ cgipassauth+ cgivar contentdigest coredumpdirectory- defaultruntimedir- defaulttype define
  directory- directorymatch- documentroot- else elseif enablemmap enablesendfile error errordocument errorlog-
  errorlogformat- extendedstatus- fileetag files filesmatch flushmaxpipelined- flushmaxthreshold- forcetype
  hostnamelookups httpprotocoloptions- if ifdefine ifdirective iffile ifmodule ifsection include includeoptional
  limit+ limitexcept+ limitinternalrecursion- limitrequestbody limitrequestfields- limitrequestfieldsize-
  limitrequestline- limitxmlrequestbody location- locationmatch- loglevel maxconnectionsperchild- maxmemfree-
  maxrangeoverlaps maxrangereversals maxranges maxrequestsperchild- mergeslashes- mergetrailers- mutex-
  namevirtualhost- options pidfile- port- protocol- protocols- protocolshonororder- qualifyredirecturl readbuffersize
  regexdefaultoptions- registerhttpmethod- rlimitcpu rlimitmem rlimitnproc scoreboardfile- seerequesttail-
  serveradmin- serveralias- servername- serverpath- serverroot- serversignature servertokens- sethandler
  setinputfilter setoutputfilter stricthostcheck- threadstacksize- timeout- traceenable- undefine usecanonicalname
  usecanonicalphysicalport virtualhost-
dav: dav+ davbasepath+ davdepthinfinity davlockdiscovery davmintimeout
dav_fs: davlockdb-
dav_lock: davgenericlockdb+
dbd: dbdexptime- dbdinitsql- dbdkeep- dbdmax- dbdmin- dbdparams- dbdpersist- dbdpreparesql- dbdriver-
deflate: deflatealteretag- deflatebuffersize- deflatecompressionlevel- deflatefilternote-
  deflateinflatelimitrequestbody deflateinflateratioburst deflateinflateratiolimit deflatememlevel- deflatewindowsize-
dialup: modemstandard+
dir: directorycheckhandler directoryindex directoryindexredirect directoryslash fallbackresource
dumpio: dumpioinput- dumpiooutput-
echo: protocolecho-
env: passenv setenv unsetenv
mpm: asyncrequestworkerfactor- gracefulshutdowntimeout- listen- listenbacklog- listencoresbucketsratio-
  listentcpdeferaccept- maxclients- maxrequestworkers- maxsparethreads- minsparethreads- receivebuffersize-
  sendbuffersize- serverlimit- startservers- threadlimit- threadsperchild-
expires: expiresactive expiresbytype expiresdefault
ext_filter: extfilterdefine- extfilteroptions+
file_cache: cachefile- mmapfile-
filter: addoutputfilterbytype filterchain filterdeclare filterprotocol filterprovider filtertrace
headers: header requestheader
heartbeat: heartbeataddress-
heartmonitor: heartbeatlisten- heartbeatmaxservers- heartbeatstorage-
http2: h2copyfiles h2direct- h2earlyhint h2earlyhints- h2maxdataframelen- h2maxheaderblocklen- h2maxsessionstreams-
  h2maxstreamerrors- h2maxworkeridleseconds- h2maxworkers- h2minworkers- h2moderntlsonly- h2outputbuffering-
  h2padding- h2proxyrequests h2push h2pushdiarysize- h2pushpriority- h2pushresource h2serializeheaders-
  h2sessionextrafiles- h2streammaxmemsize- h2streamtimeout- h2tlscooldownsecs- h2tlswarmupsize- h2upgrade
  h2websockets- h2windowsize-
http_core: keepalive- keepalivetimeout- maxkeepaliverequests-
ident: identitycheck identitychecktimeout
imagemap: imapbase imapdefault imapmenu
include: ssiendtag- ssierrormsg ssietag+ ssilastmodified+ ssilegacyexprparser+ ssistarttag- ssitimeformat
  ssiundefinedecho xbithack
info: addmoduleinfo-
lbmethod_heartbeat: heartbeatstorage-
log_config: bufferedlogs- customlog- globallog- logformat- transferlog-
log_debug: logmessage
log_forensic: forensiclog-
logio: logiotrackttfb
lua: lua_____bytecodehack luaauthzprovider- luacodecache luahookaccesschecker luahookauthchecker luahookcheckuserid
  luahookfixups luahookinsertfilter luahooklog luahookmaptostorage luahookpretranslatename luahooktranslatename
  luahooktypechecker luainherit luainputfilter luamaphandler luaoutputfilter luapackagecpath luapackagepath
  luaquickhandler luaroot luascope
macro: macro macroignorebadnesting macroignoreemptyargs undefmacro use
md: mdactivationdelay- mdbaseserver- mdcacertificatefile- mdcachallenges- mdcertificateagreement-
  mdcertificateauthority- mdcertificatecheck- mdcertificatefile- mdcertificatekeyfile- mdcertificateprotocol-
  mdcertificatestatus- mdchallengedns01- mdchallengedns01version- mdcheckinterval- mdcontactemail- mddrivemode-
  mdexternalaccountbinding- mdhttpproxy- mdhttpproxycacertificatefile- mdinitialdelay- mdmatchnames- mdmember-
  mdmembers- mdmessagecmd- mdmuststaple- mdnotifycmd- mdomain- mdomainset- mdportmap- mdprivatekeys- mdprofile-
  mdprofilemandatory- mdrenewmode- mdrenewviaari- mdrenewwindow- mdrequirehttps mdretrydelay- mdretryfailover-
  mdserverstatus- mdstapleothers- mdstapling- mdstaplingkeepresponse- mdstaplingrenewwindow- mdstoredir- mdstorelocks-
  mdwarnwindow-
mime: addcharset addencoding addhandler addinputfilter addlanguage addoutputfilter addtype defaultlanguage
  modmimeusepathinfo+ multiviewsmatch removecharset removeencoding removehandler removeinputfilter removelanguage
  removeoutputfilter removetype typesconfig-
mime_magic: mimemagicfile-
negotiation: cachenegotiateddocs- forcelanguagepriority languagepriority
proxy: balancergrowth- balancerinherit- balancermember balancerpersist- noproxy- proxy- proxy100continue
  proxyaddheaders proxybadheader- proxyblock- proxydomain- proxyerroroverride proxyiobuffersize- proxymatch-
  proxymaxforwards- proxypass proxypassinherit- proxypassinterpolateenv proxypassmatch proxypassreverse
  proxypassreversecookiedomain proxypassreversecookiepath proxypreservehost proxyreceivebuffersize- proxyremote-
  proxyremotematch- proxyrequests- proxyset proxysourceaddress- proxystatus- proxytimeout- proxyvia-
proxy_connect: allowconnect-
proxy_express: proxyexpressdbmfile proxyexpressdbmtype proxyexpressenable
proxy_fcgi: proxyfcgibackendtype proxyfcgisetenvif
proxy_ftp: proxyftpdircharset proxyftpescapewildcards proxyftplistonwildcard
proxy_hcheck: proxyhcexpr proxyhctemplate proxyhctpsize-
proxy_html: proxyhtmlbufsize proxyhtmlcharsetout proxyhtmldoctype proxyhtmlenable proxyhtmlevents proxyhtmlextended
  proxyhtmlfixups proxyhtmlinterp proxyhtmllinks proxyhtmlmeta proxyhtmlstripcomments proxyhtmlurlmap
proxy_scgi: proxyscgiinternalredirect proxyscgisendfile
proxy_wstunnel: proxywebsocketfallbacktoproxyhttp
reflector: reflectorheader
remoteip: remoteipheader- remoteipinternalproxy- remoteipinternalproxylist- remoteipproxiesheader-
  remoteipproxyprotocol- remoteipproxyprotocolexceptions- remoteiptrustedproxy- remoteiptrustedproxylist-
reqtimeout: requestreadtimeout-
request: keptbodysize+
rewrite: rewritebase rewritecond rewriteengine rewritemap- rewriteoptions rewriterule
sed: inputsed+ outputsed+
session: session sessionenv sessionexclude sessionexpiryupdateinterval sessionheader sessioninclude sessionmaxage
session_cookie: sessioncookiename sessioncookiename2 sessioncookieremove
session_crypto: sessioncryptocipher sessioncryptodriver- sessioncryptopassphrase sessioncryptopassphrasefile
session_dbd: sessiondbdcookiename sessiondbdcookiename2 sessiondbdcookieremove sessiondbddeletelabel
  sessiondbdinsertlabel sessiondbdperuser sessiondbdselectlabel sessiondbdupdatelabel
setenvif: browsermatch browsermatchnocase setenvif setenvifexpr setenvifnocase
so: loadfile- loadmodule-
socache_memcache: memcacheconnttl-
socache_redis: redisconnpoolttl- redistimeout-
speling: checkbasenamematch checkcaseonly checkspelling
ssl: sslcacertificatefile sslcacertificatepath sslcadnrequestfile- sslcadnrequestpath- sslcarevocationcheck-
  sslcarevocationfile- sslcarevocationpath- sslcertificatechainfile- sslcertificatefile- sslcertificatekeyfile-
  sslciphersuite sslcompression- sslcryptodevice- sslengine- sslfips- sslhonorcipherorder- sslinsecurerenegotiation-
  ssllog sslloglevel sslocspdefaultresponder- sslocspenable- sslocspnoverify- sslocspoverrideresponder-
  sslocspproxyurl- sslocsprespondercertificatefile- sslocsprespondertimeout- sslocspresponsemaxage-
  sslocspresponsetimeskew- sslocspuserequestnonce- sslopensslconfcmd- ssloptions sslpassphrasedialog- sslprotocol-
  sslproxycacertificatefile- sslproxycacertificatepath- sslproxycarevocationcheck- sslproxycarevocationfile-
  sslproxycarevocationpath- sslproxycheckpeercn- sslproxycheckpeerexpire- sslproxycheckpeername- sslproxyciphersuite-
  sslproxyengine- sslproxymachinecertificatechainfile- sslproxymachinecertificatefile- sslproxymachinecertificatepath-
  sslproxyprotocol- sslproxyverify- sslproxyverifydepth- sslrandomseed- sslrenegbuffersize+ sslrequire+ sslrequiressl+
  sslsessioncache- sslsessioncachetimeout- sslsessionticketkeyfile- sslsessiontickets- sslsrpunknownuserseed-
  sslsrpverifierfile- sslstaplingcache- sslstaplingerrorcachetimeout- sslstaplingfaketrylater- sslstaplingforceurl-
  sslstaplingrespondertimeout- sslstaplingresponsemaxage- sslstaplingresponsetimeskew-
  sslstaplingreturnrespondererrors- sslstaplingstandardcachetimeout- sslstrictsnivhostcheck- sslusername
  sslusestapling- sslverifyclient sslverifydepth sslvhostsnipolicy-
substitute: substitute substituteinheritbefore substitutemaxlinelength
suexec: suexecusergroup-
unixd: chrootdir- group- suexec- user-
userdir: userdir-
usertrack: cookiedomain cookieexpires cookiehttponly cookiename cookiesamesite cookiesecure cookiestyle cookietracking
util_ldap: ldapcacheentries- ldapcachettl- ldapconnectionpoolttl- ldapconnectiontimeout- ldaplibrarydebug-
  ldapopcacheentries- ldapopcachettl- ldapreferralhoplimit+ ldapreferrals+ ldapretries- ldapretrydelay-
  ldapsharedcachefile- ldapsharedcachesize- ldaptimeout- ldaptrustedclientcert+ ldaptrustedglobalcert-
  ldaptrustedmode- ldapverifyservercert-
version: ifversion
vhost_alias: virtualdocumentroot- virtualdocumentrootip- virtualscriptalias- virtualscriptaliasip-
watchdog: watchdoginterval-
xml2enc: xml2encalias- xml2encdefault xml2startparse
"""
"""Per module (without `mod_`) its directives; `-` marks those allowed only outside of sections such as `<Directory>`,
`+` those allowed only inside of one or in .htaccess."""


def _read() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    module = ""
    modules: dict[str, str] = {}
    marked: dict[str, set[str]] = {"-": set(), "+": set()}
    for word in _TABLE.split():
        if word.endswith(":"):
            module = word[:-1]
            continue
        name = word.rstrip("-+")
        modules[name] = module
        if name != word:
            marked[word[-1]].add(name)
    return modules, frozenset(marked["-"]), frozenset(marked["+"])


_DIRECTIVES = _read()
MODULE_OF: Final = _DIRECTIVES[0]
"""The module of each directive, in lower case."""
OUTSIDE_SECTIONS: Final = _DIRECTIVES[1]
INSIDE_SECTIONS: Final = _DIRECTIVES[2]
BUILT_IN: Final = frozenset({"core", "so", "http_core"})
"""Modules that every build has compiled in."""
DEBIAN_BUILT_IN: Final = BUILT_IN | {"log_config", "logio", "version", "unixd", "watchdog"}
"""Modules compiled into Debian's and Ubuntu's program (`apache2 -l` of 2.4.71)."""
