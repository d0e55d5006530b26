package io.yotposync.sample.shop;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.broadleafcommerce.common.site.domain.Site;
import org.broadleafcommerce.common.site.domain.SiteImpl;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the request's site where Broadleaf's request filter puts it: the thread's request context. The sample names it by
 * {@code ?site=eu-shop}; without one the context's site is null, as in Broadleaf's community edition.
 */
@Component
class SiteFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        BroadleafRequestContext context = new BroadleafRequestContext();
        String identifier = request.getParameter("site");
        if (identifier != null && !identifier.isBlank()) {
            context.setNonPersistentSite(site(identifier));
        }
        BroadleafRequestContext.setBroadleafRequestContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            BroadleafRequestContext.setBroadleafRequestContext(null);
        }
    }

    private static Site site(String identifier) {
        Site site = new SiteImpl();
        site.setSiteIdentifierValue(identifier);
        return site;
    }
}
