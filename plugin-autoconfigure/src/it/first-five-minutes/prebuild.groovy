// Copies dependency, properties and Java out of the README's "The first five minutes" into this new project.
def readme = new File(basedir, '../../../../README.md').getText('UTF-8')
def section = readme.substring(readme.indexOf('## The first five minutes'))
section = section.substring(0, section.indexOf('\n## ', 3))

def block = { language ->
    def found = (section =~ "(?ms)^```${language}\\n(.*?)^```")
    assert found.find(): "the README's first five minutes have no ${language}"
    found.group(1)
}

['pom.xml', 'interpolated-pom.xml'].each { name ->
    def pom = new File(basedir, name)
    if (pom.exists()) {
        def text = pom.getText('UTF-8')
        assert text.contains('<!-- README: dependency -->')
        pom.setText(text.replace('<!-- README: dependency -->', block('xml')), 'UTF-8')
    }
}

// What a reader has to fill in, in the order in which the README shows it.
def values = ['default', 'sandbox-secret'].iterator()
def properties = block('properties').readLines().collect { it.endsWith('…') ? it.replace('…', values.next()) : it }
def resources = new File(basedir, 'src/main/resources')
resources.mkdirs()
new File(resources, 'application.properties').setText(properties.join('\n') + '\n', 'UTF-8')
new File(basedir, 'src/test/resources').mkdirs()
new File(basedir, 'src/test/resources/log-line.txt').setText(block('text'), 'UTF-8')

new File(basedir, 'src/main/java/shop/CustomerService.java').setText("""package shop;

import io.yotposync.customer.*;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

${block('java')}""", 'UTF-8')
return true
