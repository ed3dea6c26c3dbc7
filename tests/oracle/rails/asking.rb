# Start Rails with generated configuration and report what its answers look like; run by the test as a program.

require "json"
require "logger"
require "active_support/all"
require "rails"
require "action_controller/railtie"
require "rack/cors"
require "rack/mock"

# Once for all cases; controllers are loaded after the initializers, as in an application.
[ActiveSupport, ActionDispatch, ActionView].each(&:eager_load!)

HOST = "portal.clinic.example"
STRANGER = "https://elsewhere.example"

def cookie(headers)
  sent = headers["Set-Cookie"].to_s.split("\n").find { |line| line.start_with?("_portal=", "_session_id=", "_portal_session=") }
  return nil if sent.nil?

  parts = sent.split(";").drop(1).to_h { |part| part.strip.split("=", 2).then { |name, value| [name.downcase, value] } }
  age = parts["expires"] && (Time.parse(parts["expires"]) - Time.now)
  { secure: parts.key?("secure"), httponly: parts.key?("httponly"), age: age }
end

def answer(folder)
  Dir.chdir(folder)
  require "#{folder}/config/application.rb"
  Rails.application.config.logger = Logger.new(File::NULL)
  Rails.application.initialize!
  Object.const_set(:PortalController, Class.new(ActionController::Base) do
    def start
      session[:patient] = "sample"
      render plain: "x"
    end

    def change
      render plain: "changed"
    end

    def broken
      raise "sample of a failure"
    end
  end)
  Rails.application.routes.draw do
    root to: "portal#start"
    post "/change", to: "portal#change"
    get "/broken", to: "portal#broken"
  end
  client = Rack::MockRequest.new(Rails.application)
  secure = client.get("https://#{HOST}/", "HTTP_HOST" => HOST, "HTTP_ORIGIN" => STRANGER)
  raise "status #{secure.status}" unless secure.status == 200

  {
    redirects: client.get("http://#{HOST}/", "HTTP_HOST" => HOST).status == 301,
    hsts: secure.headers["Strict-Transport-Security"],
    session: cookie(secure.headers),
    origin: secure.headers["Access-Control-Allow-Origin"],
    "forged form": client.post("https://#{HOST}/change", "HTTP_HOST" => HOST).status == 200,
    "any host": client.get("https://elsewhere.example/", "HTTP_HOST" => "elsewhere.example").status == 200,
    "error page": client.get("https://#{HOST}/broken", "HTTP_HOST" => HOST).body.include?("sample of a failure"),
    serializer: (Rails.application.config.action_dispatch.cookies_serializer || :marshal).to_s,
  }
end

ENV["RAILS_ENV"] = "production"
ENV["SECRET_KEY_BASE"] = "sample" * 12
$stderr = File.open(File::NULL, "w")
JSON.parse($stdin.read).each do |folder|
  reading, writing = IO.pipe
  child = fork do
    reading.close
    found = begin
      answer(folder)
    rescue Exception => e
      { error: "#{e.class}: #{e.message}" }
    end
    writing.write(JSON.generate(found))
    writing.close
    exit!(0)
  end
  writing.close
  puts reading.read
  $stdout.flush
  Process.wait(child)
end
