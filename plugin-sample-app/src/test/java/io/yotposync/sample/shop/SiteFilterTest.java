package io.yotposync.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import org.broadleafcommerce.common.site.domain.Site;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SiteFilterTest {

    private final SiteFilter filter = new SiteFilter();
    private final List<String> sites = new ArrayList<>();

    @Test
    void putsTheSiteWhereBroadleafPutsIt() throws Exception {
        filter.doFilter(request("/api/customers", "eu-shop"), new MockHttpServletResponse(), noteSite());

        assertThat(sites).containsExactly("eu-shop");
    }

    @Test
    void leavesTheSiteOpenWithoutAParameter() throws Exception {
        filter.doFilter(request("/api/customers", ""), new MockHttpServletResponse(), noteSite());

        assertThat(sites).containsExactly("none");
    }

    @Test
    void doesNotTouchTheSandbox() throws Exception {
        filter.doFilter(request("/yotpo/core/v3", "eu-shop"), new MockHttpServletResponse(), noteSite());

        assertThat(sites).containsExactly("none");
    }

    @Test
    void leavesNothingBehindOnTheThreadEvenAfterAFailure() {
        FilterChain failing = (request, response) -> {
            throw new ServletException("failed");
        };

        assertThatThrownBy(() ->
                        filter.doFilter(request("/api/customers", "eu-shop"), new MockHttpServletResponse(), failing))
                .isInstanceOf(ServletException.class);
        assertThat(BroadleafRequestContext.getBroadleafRequestContext()).isNull();
    }

    private FilterChain noteSite() {
        return (request, response) -> {
            BroadleafRequestContext context = BroadleafRequestContext.getBroadleafRequestContext();
            Site site = context == null ? null : context.getNonPersistentSite();
            sites.add(site == null ? "none" : site.getSiteIdentifierValue());
        };
    }

    private static MockHttpServletRequest request(String path, String site) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setParameter("site", site);
        return request;
    }
}
