// The parts of libcurl that take variable arguments, which Swift cannot call, one function for each type of argument.
// Everything else is called directly. Of the program only WaproCloud includes it, and there only `HTTP/`.
//
#ifndef WAPRO_CCURL_H
#define WAPRO_CCURL_H

#include <curl/curl.h>

// Shape of CURLOPT_READFUNCTION, CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*wapro_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

CURLcode wapro_curl_set_long(CURL *easy, CURLoption option, long value);
CURLcode wapro_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode wapro_curl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode wapro_curl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode wapro_curl_set_data_callback(CURL *easy, CURLoption option, wapro_curl_data_callback callback);
CURLcode wapro_curl_set_prereq_callback(CURL *easy, curl_prereq_callback callback);
CURLcode wapro_curl_set_sockopt_callback(CURL *easy, curl_sockopt_callback callback);
CURLcode wapro_curl_set_closesocket_callback(CURL *easy, curl_closesocket_callback callback);

CURLcode wapro_curl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode wapro_curl_get_pointer(CURL *easy, CURLINFO info, void **value);

CURLMcode wapro_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);

#endif
