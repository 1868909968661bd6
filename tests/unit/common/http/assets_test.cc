#include "common/http/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Asset kAssets[] = {{"/", "text/html; charset=utf-8", "<p>keping"},
                             {"/main.js", "text/javascript; charset=utf-8", "go()", "zipped"}};

class AssetsTest : public ::testing::Test {
 protected:
  Response Ask(const std::string& method, const std::string& path, Headers headers = {}) {
    return assets_.Answer({.method = method, .path = path, .headers = std::move(headers)},
                          [](size_t) { return std::string(); });
  }

  Assets assets_{kAssets};
};

TEST_F(AssetsTest, FileIsServedWithItsType) {
  const Response page = Ask("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<p>keping");
  EXPECT_EQ(page.headers.Get("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(AssetsTest, EveryAnswerCarriesTheSecurityHeaders) {
  for (const char* path : {"/", "/nothing"}) {
    const Response answer = Ask("GET", path);
    EXPECT_EQ(answer.headers.Get("x-content-type-options"), "nosniff");
    const std::string policy(answer.headers.Get("content-security-policy"));
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, HasSubstr("script-src 'self';"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  }
}

TEST_F(AssetsTest, WhatTheBrowserHasIsNotSentAgain) {
  const std::string etag(Ask("GET", "/main.js").headers.Get("etag"));
  ASSERT_NE(etag, "");
  EXPECT_NE(etag, Ask("GET", "/").headers.Get("etag"));
  for (const std::string& known : {etag, "\"x\", " + etag, "W/" + etag, std::string("*")}) {
    const Response again = Ask("GET", "/main.js", Headers({{"if-none-match", known}}));
    EXPECT_EQ(again.status, 304) << known;
    EXPECT_EQ(again.body, "");
  }
  EXPECT_EQ(Ask("GET", "/main.js", Headers({{"if-none-match", "\"old\""}})).status, 200);
}

TEST_F(AssetsTest, WhoTakesGzipGetsIt) {
  struct Case {
    const char* path;
    const char* accepts;
    const char* body;
  };
  for (const Case& one :
       {Case{"/main.js", "gzip, deflate, br", "zipped"},
        Case{"/main.js", "br;q=1, GZIP;q=0.5", "zipped"}, Case{"/main.js", "gzip;q=0", "go()"},
        Case{"/main.js", "identity", "go()"}, Case{"/main.js", "", "go()"},
        Case{"/", "gzip", "<p>keping"}}) {
    const Response answer = Ask("GET", one.path, Headers({{"accept-encoding", one.accepts}}));
    EXPECT_EQ(answer.body, one.body) << one.accepts;
    EXPECT_EQ(answer.headers.Get("content-encoding"), answer.body == "zipped" ? "gzip" : "")
        << one.accepts;
    EXPECT_EQ(answer.headers.Get("vary"), "accept-encoding");
  }
}

TEST_F(AssetsTest, TheTwoFormsOfAFileAreToldApart) {
  const Headers gzip({{"accept-encoding", "gzip"}});
  const std::string plain(Ask("GET", "/main.js").headers.Get("etag"));
  const std::string zipped(Ask("GET", "/main.js", gzip).headers.Get("etag"));
  EXPECT_NE(plain, zipped);
  const auto again = [&](const std::string& known) {
    return Ask("GET", "/main.js", Headers({{"accept-encoding", "gzip"}, {"if-none-match", known}}));
  };
  EXPECT_EQ(again(zipped).status, 304);
  EXPECT_EQ(again(plain).status, 200);
}

TEST_F(AssetsTest, OtherPathsAndMethodsAreRefused) {
  EXPECT_TRUE(assets_.Has("/main.js"));
  EXPECT_FALSE(assets_.Has("/../main.js"));
  EXPECT_EQ(Ask("GET", "/other.js").status, 404);
  const Response posted = Ask("POST", "/");
  EXPECT_EQ(posted.status, 405);
  EXPECT_EQ(posted.headers.Get("allow"), "GET, HEAD");
}

}  // namespace
}  // namespace keping::http
